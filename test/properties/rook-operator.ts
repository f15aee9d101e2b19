import * as fc from 'fast-check';
import { common, dictionary, duration, flag, id, label, members, memory, mostly, name, number, size, some, Step, text } from './basics';
import { pullSecrets, registry } from './csi';
import { RookLogLevel, RookOperator } from '../../src';

const namespace = mostly(fc.constant(undefined), label, 3);
const pod = some({
  memoryRequest: mostly(fc.constant(undefined), size), memoryLimit: memory, cpuRequest: text(['100m', '1'], ['0', 'much']), nodeSelector: fc.constant({ storage: 'yes' }), priorityClassName: name,
  podLabels: fc.constant({ team: 'storage' }), podAnnotations: fc.constant({ note: 'x' }),
  tolerations: fc.array(some({ key: text(['storage'], ['a b']), operator: mostly(fc.constant('Exists'), text(['Equal'])), effect: text(['NoSchedule'], ['Never']) }, ['key', 'operator']), { maxLength: 1 }),
}, []);

export const rookOperatorSteps: fc.Arbitrary<Step>[] = [
  fc.tuple(some({
    ...common,
    namespace,
    createNamespace: flag,
    installCrds: flag,
    image: mostly(fc.constant(undefined), text(['mirror.example.com/rook/ceph:v1.20.6'], ['rook/ceph', 'rook/ceph:latest', 'docker.io/rook/ceph:v1.19.0']), 3),
    imageRegistry: registry,
    imagePullSecrets: pullSecrets,
    clusterNamespaces: mostly<string[]>(fc.constant([]), fc.array(label, { maxLength: 2 }), 3),
    csiOperator: mostly(fc.constant<boolean | undefined>(false), fc.constant(undefined), 5),
    objectStorage: flag,
    orchestrator: flag,
    serviceMonitors: flag,
    serviceExports: flag,
    multus: flag,
    logLevel: members(RookLogLevel),
    cephCommandsTimeout: duration,
    concurrentClusters: number(fc.integer({ min: 1, max: 5 })),
    metricsPort: number(fc.integer({ min: 1024, max: 65535 })),
    settings: dictionary(text(['ROOK_CEPH_ALLOW_LOOP_DEVICES', 'ROOK_ENFORCE_HOST_NETWORK'], ['ROOK_LOG_LEVEL', 'loop']), text(['true', 'false'])),
    pod,
  }, []), fc.option(some({ discoveryInterval: duration }, []), { nil: undefined }))
    .map(([props, discovery]) => chart => { new RookOperator(chart, id(), { ...props, ...(discovery ? { discoveryDaemon: true, ...discovery } : {}) }); }),
];
