import { Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { accessModes, account, common, flag, id, label, members, mostly, name, number, path, size, some, Step, text } from './basics';
import { controller, fitting, image, monitoring, node, ports, pullSecrets, registry, running, sidecars } from './csi';
import {
  CephCluster, CephCredentials, CephCsiDriverProps, CephCsiOperator, CephDeployment,
  CephFsCsiDriver, CephFsStorage, CephKms, CephRbdCsiDriver, CephRbdCsiDriverProps, CephRbdStorage, PersistentVolumeClaim,
  RbdImageFeature, ReclaimPolicy, SnapshotDeletionPolicy, VolumeBindingMode, VolumeMode,
} from '../../src';

const word = text(['kubernetes', 'production', 'tenant-a'], ['a/b', 'client.admin']);
const monitors = mostly(
  fc.uniqueArray(text(['10.0.0.1:6789', '10.0.0.2:3300', 'mon.example.com:3300', '[fd00::1]:6789']), { minLength: 1, maxLength: 3 }),
  fc.array(text(['10.0.0.1:3300', '10.0.0.1', 'v2:10.0.0.1:3300', '10.0.0.1:3300,10.0.0.2:3300', '10.0.0.1:99999']), { maxLength: 2 }),
);
const clusterId = text(['ceph', 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8'], ['x'.repeat(37)]);
const tenant = { radosNamespace: word, subvolumeGroup: word, release: number(fc.integer({ min: 14, max: 20 })) };
/** It throws by itself what it finds, so it is made within a step. */
const external = some({
  ...tenant,
  clusterId,
  monitors,
  readAffinity: some({ crushLocationLabels: mostly<string[]>(fc.constant(['topology.kubernetes.io/zone']), fc.array(word, { maxLength: 2 })) }, ['crushLocationLabels']),
  mirrorDaemonCount: number(fc.integer({ min: 1, max: 3 })),
}, ['clusterId', 'monitors']).map(options => () => CephCluster.external(options));
const existing = fc.tuple(clusterId, some(tenant, [])).map(([of, options]) => () => CephCluster.existing(of, options));

const secret = some({ name, namespace: label, userId: text(['kubernetes', 'kubernetes-node'], ['client.admin']), encryptionPassphrase: flag }, ['name', 'namespace']);
const credentials = fc.oneof(
  { weight: 3, arbitrary: secret.map(options => () => CephCredentials.fromSecret(options)) },
  { weight: 3, arbitrary: some({ provisioner: secret, node: secret }, ['provisioner', 'node']).map(options => () => CephCredentials.fromSecrets(options)) },
);

const kms = fc.oneof(
  some({ id: text(['keys', 'vault'], ['default']), secretName: name, secretNamespace: label }, ['id', 'secretName', 'secretNamespace']).map(options => () => CephKms.secretMetadata(options)),
  some({ id: text(['vault']), address: text(['https://vault.example.com:8200'], ['vault']) }, ['id', 'address']).map(options => () => CephKms.vault(options)),
  text(['keys', 'vault']).map(of => () => CephKms.existing(of)),
);

const deployment = mostly(fc.constantFrom<CephDeployment | undefined>(undefined, CephDeployment.STANDALONE, CephDeployment.OPERATOR), fc.constant('helm' as CephDeployment), 40);
const operator = some({
  ...common,
  namespace: label,
  name,
  createNamespace: flag,
  installCrds: flag,
  image,
  imageRegistry: registry,
  imagePullSecrets: pullSecrets,
  monitoring,
  networkPolicy: flag,
  pod: some({ memoryLimit: size, podLabels: fc.constant({ team: 'storage' }) }, []),
  driverDefaults: some({
    logLevel: number(fc.integer({ min: 0, max: 5 })),
    images: fc.dictionary(text(['plugin'], ['csi']), text(['quay.io/cephcsi/cephcsi:v3.17.1'], ['cephcsi']), { maxKeys: 1, noNullPrototype: true }),
  }, []),
}, []);
const operators = new WeakSet<object>();

/** Where it takes one, the cluster mostly has one, once. */
function withOperator(chart: Chart, of: CephDeployment | undefined, props: object | undefined): void {
  if (of === CephDeployment.OPERATOR && props && !operators.has(chart.node.root)) {
    operators.add(chart.node.root);
    new CephCsiOperator(chart, id(), props);
  }
}
const maybeOperator = mostly(fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: operator }), fc.constant(undefined), 10);

const driver = some({
  ...common,
  deployment,
  name: label,
  namespace: label,
  createNamespace: flag,
  snapshots: flag,
  groupSnapshots: flag,
  expansion: flag,
  volumeAttributes: flag,
  fencing: flag,
  clusterName: word,
  instanceId: word,
  cephConfiguration: fc.dictionary(text(['rbd_cache', 'client mount timeout'], ['auth_client_required']), text(['false', '30']), { maxKeys: 2, noNullPrototype: true }),
  logLevel: number(fc.integer({ min: 0, max: 10 })),
  version: text(['v3.17.1', 'v3.18.0'], ['v3.16.0', 'canary']),
  image,
  imageRegistry: registry,
  imagePullSecrets: pullSecrets,
  sidecars,
  monitoring,
  ports,
  controller,
  node,
}, []);
/** Few of them at a time: among so many, one is wrong nearly always. */
const fewProps = fc.tuple(driver, fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }))
  .map(([props, dice]) => Object.fromEntries(Object.entries(props).filter((_, index) => dice[index] < 3)) as typeof props);

/** What of a pod ceph-csi-operator can write. */
function operable<T extends CephCsiDriverProps['controller'] & CephCsiDriverProps['node']>(pod: T | undefined): T | undefined {
  return pod && {
    ...pod,
    ...{ env: undefined, extraContainers: undefined, preStopCommand: undefined, terminationGracePeriod: undefined },
    ...{ privileged: undefined, addCapabilities: undefined, hostNetwork: undefined },
  };
}

/** The same driver, with what does not go together left out. */
function matching(given: CephCsiDriverProps): CephCsiDriverProps {
  const props = given.deployment !== CephDeployment.OPERATOR ? given : {
    ...given, monitoring: undefined, ports: undefined, controller: operable(given.controller), node: operable(given.node),
    sidecars: given.sidecars && { ...given.sidecars, livenessProbe: undefined },
  };
  const able = { expand: props.expansion ?? true, snapshot: props.snapshots, attach: true };
  return {
    ...props,
    groupSnapshots: props.snapshots && props.groupSnapshots,
    volumeAttributes: undefined,
    version: props.image === undefined ? props.version : undefined,
    sidecars: running(props.sidecars, able),
    controller: fitting(props.controller),
    node: fitting(props.node),
  };
}

const drivers = mostly(fewProps.map(matching), fewProps);
const rbdOnly = some({
  domainLabels: mostly<string[]>(fc.constant(['topology.kubernetes.io/zone']), fc.array(word, { maxLength: 2 })),
  flattening: some({ hardMaxCloneDepth: number(fc.integer({ min: 4, max: 14 })), maxSnapshotsOnImage: number(fc.integer({ min: 250, max: 500 })) }, []),
  volumeHealer: flag,
}, []);

const classOptions = {
  ...common, reclaimPolicy: members(ReclaimPolicy), volumeBindingMode: members(VolumeBindingMode), expansion: flag, isDefault: flag,
  extraParameters: fc.dictionary(text(['tryOtherMounters'], ['pool', 'monitors', 'imageFormat']), text(['true']), { maxKeys: 1, noNullPrototype: true }),
};
const rbdClass = some({
  ...classOptions,
  pool: word,
  imageFeatures: mostly<RbdImageFeature[]>(fc.constant([RbdImageFeature.LAYERING]), fc.array(members(RbdImageFeature), { maxLength: 3 })),
  fsType: text(['ext4', 'xfs'], ['EXT4']),
  mountOptions: fc.array(text(['noatime'], ['discard', 'ro', 'debug']), { maxLength: 1 }),
}, []);
const fsClass = some({ ...classOptions, pool: word, mountOptions: fc.array(text(['noatime'], ['ro', 'debug']), { maxLength: 1 }) }, []);
const snapshotClass = some({ ...common, snapshotNamePrefix: text(['snap-']), deletionPolicy: members(SnapshotDeletionPolicy), isDefault: flag }, []);
const rbdVolume = some({
  ...common, image: word, capacity: size, pool: word, imageFeatures: fc.constant<RbdImageFeature[]>([RbdImageFeature.LAYERING]),
  volumeMode: members(VolumeMode), readOnly: flag, accessModes, claim: account,
}, ['image', 'capacity']);
const fsVolume = some({ ...common, rootPath: path, capacity: size, fsName: word, readOnly: flag, accessModes }, ['rootPath', 'capacity']);
const storage = some({ ...common, deployment, snapshots: flag, groupSnapshots: fc.constant(undefined) }, []);

const named = <T>(thing: fc.Arbitrary<T>, minLength: number) => fc.uniqueArray(fc.tuple(name, thing), { minLength, maxLength: 2, selector: ([of]) => of });

/** A claim of each class, and all else that a storage adds. */
function claims(chart: Chart, classes: ReturnType<CephRbdStorage['addStorageClass']>[]): void {
  classes.forEach(storageClass => new PersistentVolumeClaim(chart, id(), { name: `${storageClass.storageClassName}-claim`, storageClass, size: SIZE }));
}
const SIZE = fc.sample(size, { numRuns: 1, seed: 1 })[0];

const parts = <C, V>(classes: fc.Arbitrary<C>, volumes: fc.Arbitrary<V>) => fc.record({
  props: storage, operator: maybeOperator, cluster: mostly(external, existing, 6), credentials, pool: word, classes: named(classes, 1), volumes: named(volumes, 0),
  snapshots: named(snapshotClass, 0),
});

export const cephSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(drivers, rbdOnly, mostly<(() => CephKms)[]>(fc.constant([]), fc.array(kms, { maxLength: 2 }), 2), maybeOperator).map(([props, more, systems, its]) => (chart, known) => {
    withOperator(chart, props.deployment, its);
    known.push(new CephRbdCsiDriver(chart, id(), { ...props, ...more, kms: systems.map(make => make()) } as CephRbdCsiDriverProps));
  }),
  fc.tuple(drivers, flag, maybeOperator).map(([props, attach, its]) => (chart, known) => {
    withOperator(chart, props.deployment, its);
    known.push(new CephFsCsiDriver(chart, id(), { ...props, attach }));
  }),
  parts(rbdClass, rbdVolume).map(plan => (chart, known) => {
    const installed = known.find(({ driverName }) => driverName.startsWith('rbd.'));
    withOperator(chart, installed ? undefined : plan.props.deployment, plan.operator);
    const rbd = new CephRbdStorage(chart, id(), {
      ...plan.props, deployment: installed ? undefined : plan.props.deployment, snapshots: installed ? undefined : plan.props.snapshots,
      cluster: plan.cluster(), credentials: plan.credentials(), pool: plan.pool, driver: installed,
    });
    claims(chart, plan.classes.map(([of, options]) => rbd.addStorageClass(of, options)));
    plan.volumes.forEach(([of, options]) => rbd.addStaticVolume(of, options));
    if (rbd.driver.capabilities?.snapshot) {
      plan.snapshots.forEach(([of, options]) => rbd.addSnapshotClass(of, options));
    }
  }),
  parts(fsClass, fsVolume).map(plan => (chart, known) => {
    const installed = known.find(({ driverName }) => driverName.startsWith('cephfs.'));
    withOperator(chart, installed ? undefined : plan.props.deployment, plan.operator);
    const fs = new CephFsStorage(chart, id(), {
      ...plan.props, deployment: installed ? undefined : plan.props.deployment, snapshots: installed ? undefined : plan.props.snapshots,
      cluster: plan.cluster(), credentials: plan.credentials(), fsName: plan.pool, driver: installed,
    });
    claims(chart, plan.classes.map(([of, options]) => fs.addStorageClass(of, options)));
    plan.volumes.forEach(([of, options]) => fs.addStaticVolume(of, options));
    if (fs.driver.capabilities?.snapshot) {
      plan.snapshots.forEach(([of, options]) => fs.addSnapshotClass(of, options));
    }
  }),
];
