import { Chart } from 'cdk8s';
import { cephChart, cephFs, CLUSTER, rbd } from './ceph';
import {
  CephCluster, CephCsiOperator, CephDeployment, CephFsCsiDriver, CephKms, CephRbdCsiDriver, CephRbdCsiDriverProps, CsiDriver, Distribution, GitOpsTool, NodeCount,
  NodeUpdateStrategy,
} from '../../src';
import { all, codes, containerOf, objects, one, yaml } from '../support';

const { OPERATOR } = CephDeployment;

/** A chart of a cluster that has ceph-csi-operator. */
function operatorChart(platform: Parameters<typeof cephChart>[0] = {}): Chart {
  const chart = cephChart(platform);
  new CephCsiOperator(chart, 'Operator');
  return chart;
}

/** The spec of a Driver of these props. */
function spec(props: CephRbdCsiDriverProps, platform: Parameters<typeof cephChart>[0] = {}): any {
  const chart = operatorChart(platform);
  new CephRbdCsiDriver(chart, 'Driver', { deployment: OPERATOR, ...props });
  return one(chart, 'Driver').spec;
}

describe('ceph-csi-operator', () => {
  test('has definitions that can be applied, and be read again from the annotation that is left behind', () => {
    const definitions = all(operatorChart(), 'CustomResourceDefinition');
    expect(definitions.map(({ spec: { names } }) => names.kind)).toEqual(['CephConnection', 'ClientProfileMapping', 'ClientProfile', 'Driver', 'OperatorConfig']);
    // All annotations of an object together may have 262,144 bytes.
    definitions.forEach(definition => expect(Buffer.byteLength(JSON.stringify(definition))).toBeLessThan(100_000));
  });

  test('watches the namespaces of its drivers, whichever was there first, and may write in exactly those', () => {
    const chart = cephChart();
    new CephRbdCsiDriver(chart, 'First', { deployment: OPERATOR });
    new CephRbdCsiDriver(chart, 'Alone', { driverName: 'second.rbd.csi.ceph.com' });
    new CephCsiOperator(chart, 'Operator');
    new CephFsCsiDriver(chart, 'Last', { deployment: OPERATOR });
    const { env } = containerOf(one(chart, 'Deployment', 'ceph-csi-operator'), 'manager');
    expect(env[1]).toEqual({ name: 'WATCH_NAMESPACE', value: 'ceph-csi-cephfs,ceph-csi-rbd' });
    const bound = all(chart, 'RoleBinding').filter(({ subjects }) => subjects.some(({ name }: any) => name === 'ceph-csi-operator'));
    expect(bound.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`).sort()).toEqual([
      'ceph-csi-cephfs/ceph-csi-operator-drivers', 'ceph-csi-operator-system/ceph-csi-operator', 'ceph-csi-rbd/ceph-csi-operator-drivers',
    ]);
    expect(codes(chart)).toEqual([]);
  });

  test('reads and writes nothing in the whole cluster but what has no namespace, and never Secrets', () => {
    const chart = operatorChart();
    new CephRbdCsiDriver(chart, 'Driver', { deployment: OPERATOR });
    const rules = (kind: string, name: string) => one(chart, kind, name).rules.flatMap((rule: any) => rule.resources).sort();
    expect(rules('ClusterRole', 'ceph-csi-operator')).toEqual(['csidrivers', 'nodes', 'snapshotmetadataservices']);
    expect([...all(chart, 'Role'), ...all(chart, 'ClusterRole')].flatMap(({ rules: own }) => own.flatMap((rule: any) => rule.resources))).not.toContain('secrets');
    const writes = one(chart, 'Role', 'ceph-csi-operator').rules.filter((rule: any) => rule.verbs.some((verb: string) => !['list', 'watch'].includes(verb)));
    expect(writes.flatMap((rule: any) => rule.resources)).toEqual(['events', 'leases', 'leases']);
  });

  test('that is there is granted where its account is known', () => {
    const roles = (serviceAccountName?: string) => {
      const chart = cephChart();
      CephCsiOperator.existing(chart, { namespace: 'operators', serviceAccountName, watchedNamespaces: ['ceph-csi-rbd'] });
      new CephRbdCsiDriver(chart, 'Driver', { deployment: OPERATOR });
      return all(chart, 'RoleBinding').flatMap(({ subjects }) => subjects).filter(({ namespace }: any) => namespace === 'operators');
    };
    expect(roles()).toEqual([]);
    expect(roles('manager')).toEqual([{ kind: 'ServiceAccount', name: 'manager', namespace: 'operators' }]);
  });

  test('has one copy and no budget on a single node', () => {
    const chart = operatorChart({ nodes: NodeCount.SINGLE });
    new CephRbdCsiDriver(chart, 'Driver', { deployment: OPERATOR });
    expect(one(chart, 'Deployment').spec.replicas).toBe(1);
    expect(one(chart, 'Driver').spec.controllerPlugin.replicas).toBe(1);
    expect(all(chart, 'PodDisruptionBudget')).toEqual([]);
  });

  test('writes its defaults for drivers of others where they are given', () => {
    const chart = cephChart();
    new CephCsiOperator(chart, 'Operator', { driverDefaults: { logLevel: 3, images: { plugin: 'mirror.example.com/cephcsi:v3.17.1' } }, monitoring: {}, networkPolicy: true });
    expect(one(chart, 'OperatorConfig')).toMatchObject({
      metadata: { name: 'ceph-csi-operator-config', namespace: 'ceph-csi-operator-system' },
      spec: { driverSpecDefaults: { log: { verbosity: 3 }, imageSet: { name: 'ceph-csi-operator-images' } } },
    });
    expect(containerOf(one(chart, 'Deployment'), 'manager').args).toContain('--metrics-secure=false');
    expect(one(chart, 'PodMonitor').spec.podMetricsEndpoints).toEqual([{ port: 'metrics' }]);
  });
});

describe('a switch of the deployment', () => {
  const written = (deployment: CephDeployment) => {
    const chart = operatorChart();
    const storage = rbd({ deployment, snapshots: true }, chart);
    storage.addStorageClass('fast');
    storage.addSnapshotClass('snapshots');
    return { chart, storage };
  };
  const [alone, operated] = [CephDeployment.STANDALONE, OPERATOR].map(written);

  test('changes nothing that volumes, classes and Secrets go by', () => {
    for (const kind of ['StorageClass', 'VolumeSnapshotClass']) {
      expect(all(operated.chart, kind)).toEqual(all(alone.chart, kind));
    }
    for (const member of ['driverName', 'capabilities', 'version', 'controllerServiceAccount', 'nodeServiceAccount'] as const) {
      expect(operated.storage.driver[member]).toEqual(alone.storage.driver[member]);
    }
    const granted = ({ chart }: typeof alone) => [...all(chart, 'Role'), ...all(chart, 'RoleBinding')].filter(({ metadata }) => metadata.namespace === 'ceph');
    expect(granted(operated)).toEqual(granted(alone));
  });

  test('leaves accounts what they may do', () => {
    for (const name of ['rbd.csi.ceph.com-controller', 'rbd.csi.ceph.com-node']) {
      expect(one(operated.chart, 'ClusterRole', name)).toEqual(one(alone.chart, 'ClusterRole', name));
    }
  });

  test('keeps the CSIDriver, and hands it over to the operator', () => {
    expect(one(operated.chart, 'CSIDriver')).toEqual({
      ...one(alone.chart, 'CSIDriver'),
      metadata: { name: 'rbd.csi.ceph.com', annotations: { 'csi.ceph.io/ownerref': '{"Namespace":"ceph-csi-rbd","Name":"rbd.csi.ceph.com"}' } },
      spec: { ...one(alone.chart, 'CSIDriver').spec, podInfoOnMount: false },
    });
  });

  test('says by its member whose pods they are', () => {
    expect((alone.storage.driver as CephRbdCsiDriver).driver).toBeInstanceOf(CsiDriver);
    expect((operated.storage.driver as CephRbdCsiDriver).driver).toBeUndefined();
  });
});

describe('a Driver', () => {
  test('has accounts whose pods get a token, as nobody asks for it, and the Secrets that pull images', () => {
    const chart = operatorChart();
    new CephRbdCsiDriver(chart, 'Driver', { deployment: OPERATOR, imagePullSecrets: ['mirror'] });
    for (const name of ['ceph-csi-rbd-controller', 'ceph-csi-rbd-node']) {
      expect(one(chart, 'ServiceAccount', name)).toEqual({
        apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'ceph-csi-rbd' }, imagePullSecrets: [{ name: 'mirror' }],
      });
    }
    expect(one(chart, 'Driver').spec).toMatchObject({ controllerPlugin: { serviceAccountName: 'ceph-csi-rbd-controller' }, nodePlugin: { serviceAccountName: 'ceph-csi-rbd-node' } });
  });

  test.each<[string, CephRbdCsiDriverProps, object]>([
    ['snapshots', { snapshots: true }, { snapshotPolicy: 'volumeSnapshot' }],
    ['group snapshots', { snapshots: true, groupSnapshots: true }, { snapshotPolicy: 'volumeGroupSnapshot' }],
    ['none of them', {}, { snapshotPolicy: 'none', enableFencing: false, grpcTimeout: 150 }],
    ['fencing', { fencing: true, clusterName: 'production' }, { enableFencing: true, clusterName: 'production' }],
    ['topology', { domainLabels: ['topology.kubernetes.io/zone'] }, { nodePlugin: { topology: { domainLabels: ['topology.kubernetes.io/zone'] } } }],
    ['one node after the other', { node: { updateStrategy: NodeUpdateStrategy.ON_DELETE } }, { nodePlugin: { updateStrategy: { type: 'OnDelete' } } }],
    ['key management', { kms: [CephKms.vault({ id: 'vault', address: 'https://vault.example.com:8200' })] }, { encryption: { configMapName: { name: 'ceph-csi-rbd-kms-config' } } }],
    [
      'arguments without a field', { instanceId: 'east', flattening: { hardMaxCloneDepth: 6 }, logLevel: 7, sidecars: { provisioner: { workers: 5 } } },
      {
        log: { verbosity: 5 },
        controllerPlugin: {
          containerExtraArgs: {
            'csi-rbdplugin': ['--instanceid=east', '--v=7', '--rbdhardmaxclonedepth=6'],
            'csi-provisioner': expect.arrayContaining(['--worker-threads=5', '--v=7']),
          },
        },
      },
    ],
    [
      'nodes that are chosen', { node: { nodeSelector: { storage: 'true' }, podLabels: { team: 'storage' } } },
      {
        nodePlugin: {
          labels: { team: 'storage' },
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'storage', operator: 'In', values: ['true'] }, { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] }],
              },
            },
          },
        },
      },
    ],
  ])('has %s', (_, props, expected) => {
    expect(spec(props)).toMatchObject(expected);
  });

  test('has kubelet and SELinux of the distribution', () => {
    expect(spec({}, { distribution: Distribution.K0S }).nodePlugin).toMatchObject({ kubeletDirPath: '/var/lib/k0s/kubelet', enableSeLinuxHostMount: false });
    expect(spec({}, { distribution: Distribution.OPENSHIFT }).nodePlugin.enableSeLinuxHostMount).toBe(true);
  });

  test('has both accounts bound where pods that see their nodes are refused', () => {
    const chart = operatorChart({ distribution: Distribution.OPENSHIFT });
    new CephRbdCsiDriver(chart, 'Driver', { deployment: OPERATOR });
    expect(one(chart, 'RoleBinding', 'ceph-csi-rbd-node-privileged').subjects.map(({ name }: any) => name)).toEqual(['ceph-csi-rbd-node', 'ceph-csi-rbd-controller']);
  });

  test('has images of one release, in a ConfigMap that is another one with other images: its contents are read only when the Driver changes', () => {
    const images = (imageRegistry?: string) => {
      const chart = operatorChart();
      new CephRbdCsiDriver(chart, 'Driver', { deployment: OPERATOR, snapshots: true, imageRegistry });
      const { name } = one(chart, 'Driver').spec.imageSet;
      return { name, data: one(chart, 'ConfigMap', name).data };
    };
    expect(Object.keys(images().data).sort()).toEqual(['attacher', 'plugin', 'provisioner', 'registrar', 'resizer', 'snapshotter']);
    expect(images('mirror.example.com').data.provisioner).toMatch(/^mirror\.example\.com\/sig-storage\/csi-provisioner:/);
    expect(images('mirror.example.com').name).not.toBe(images().name);
  });

  test('has sidecars for attaching and enlarging whatever is asked, so they are granted what they ask', () => {
    const chart = operatorChart();
    new CephFsCsiDriver(chart, 'Driver', { deployment: OPERATOR, attach: false, expansion: false });
    expect(one(chart, 'CSIDriver').spec.attachRequired).toBe(false);
    const { rules } = one(chart, 'ClusterRole', 'cephfs.csi.ceph.com-controller');
    expect(rules.flatMap((rule: any) => rule.resources)).toEqual(expect.arrayContaining(['volumeattachments/status', 'persistentvolumeclaims/status']));
  });

  test('keeps keys of CephFS off the disks of nodes unless their mounts are to be recovered', () => {
    const records = (fuseRecovery: boolean) => {
      const chart = operatorChart();
      new CephFsCsiDriver(chart, 'Driver', { deployment: OPERATOR, fuseRecovery });
      return one(chart, 'Driver').spec.nodePlugin.volumes.filter(({ mount }: any) => mount.mountPath === '/csi/mountinfo').map(({ volume }: any) => volume.emptyDir);
    };
    expect(records(false)).toEqual([{ medium: 'Memory' }]);
    expect(records(true)).toEqual([]);
  });

  test('mounts one volume at two places, as one volume', () => {
    const mounts = ['/one', '/two'].map(mountPath => ({ name: 'more', mountPath }));
    const { volumes } = spec({ node: { extraVolumes: [{ name: 'more', emptyDir: {} }], extraVolumeMounts: mounts } }).nodePlugin;
    expect(volumes.slice(-2)).toEqual([{ volume: { name: 'more', emptyDir: {} }, mount: mounts[0] }, { mount: mounts[1] }]);
  });
});

describe('a Ceph cluster', () => {
  test('is told of by a connection and a profile of its clusterId, beside the driver, kept when they are pruned', () => {
    const chart = operatorChart({ gitOps: GitOpsTool.FLUX });
    const cluster = CephCluster.external({
      clusterId: 'tenant', monitors: ['10.0.0.1:6789'], radosNamespace: 'tenant', subvolumeGroup: 'group', readAffinity: { crushLocationLabels: ['topology.kubernetes.io/zone'] },
    });
    const driver = new CephRbdCsiDriver(chart, 'Driver', { deployment: OPERATOR, fencing: true });
    driver.addCluster(cluster);
    rbd({ driver, cluster }, chart);
    rbd({ driver }, new Chart(chart.node.root as any, 'other'));
    expect(all(chart, 'ClientProfile').map(({ metadata }) => metadata)).toEqual(['tenant', 'ceph'].map(name => (
      { name, namespace: 'ceph-csi-rbd', annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } })));
    expect(one(chart, 'CephConnection', 'tenant').spec).toEqual({ monitors: ['10.0.0.1:6789'], readAffinity: { crushLocationLabels: ['topology.kubernetes.io/zone'] } });
    // The credentials came with the storage, after the cluster itself.
    expect(one(chart, 'ClientProfile', 'tenant').spec).toEqual({
      cephConnectionRef: { name: 'tenant' }, rbd: { radosNamespace: 'tenant', cephCsiSecrets: { controllerPublishSecret: { name: 'ceph-csi', namespace: 'ceph' } } },
    });
    expect(all(chart, 'ConfigMap').filter(({ data }) => data['cluster-mapping.json'] !== undefined)).toEqual([]);
  });

  test('has one profile for both drivers of a namespace', () => {
    const chart = operatorChart();
    const together = { deployment: OPERATOR, namespace: 'ceph-csi' };
    rbd({ driver: new CephRbdCsiDriver(chart, 'A', together) }, chart);
    cephFs({ driver: new CephFsCsiDriver(chart, 'B', { ...together, createNamespace: false }), cluster: CLUSTER }, chart);
    expect(all(chart, 'ClientProfile').map(profile => profile.spec)).toEqual([{ cephConnectionRef: { name: 'ceph' }, rbd: {}, cephFs: {} }]);
    expect(codes(chart)).toEqual([]);
  });

  test('of Rook has its driver beside Rook, under Rook\'s names, and is told of by Rook', () => {
    const chart = cephChart();
    new CephCsiOperator(chart, 'Operator', { namespace: 'rook', createNamespace: false });
    const cluster = CephCluster.rook({ namespace: 'rook-ceph', operatorNamespace: 'rook' });
    const { driver } = rbd({ cluster }, chart);
    cephFs({ cluster }, chart);
    expect(driver).toMatchObject({ driverName: 'rook.rbd.csi.ceph.com', namespace: 'rook' });
    expect(all(chart, 'Driver').map(({ metadata }) => metadata)).toEqual(['rook.rbd.csi.ceph.com', 'rook.cephfs.csi.ceph.com'].map(name => ({ name, namespace: 'rook' })));
    expect(objects(chart).filter(({ kind }) => ['Namespace', 'CephConnection', 'ClientProfile'].includes(kind))).toEqual([]);
    // Its own namespace is one that it writes in, too.
    expect(one(chart, 'Role', 'ceph-csi-operator-drivers').metadata.namespace).toBe('rook');
    expect(containerOf(one(chart, 'Deployment'), 'manager').env[1].value).toBe('rook');
  });
});

test('the whole of it', () => {
  const chart = operatorChart();
  rbd({ deployment: OPERATOR, snapshots: true }, chart);
  cephFs({ deployment: OPERATOR }, chart);
  expect(yaml(chart).replace(/apiVersion: apiextensions[^]*?\n---\n/g, '')).toMatchSnapshot();
});
