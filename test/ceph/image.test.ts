import { Duration, Size } from 'cdk8s';
import * as fc from 'fast-check';
import { cephChart, cephFs, rbd } from './ceph';
import {
  CephFsMounter, CephFsMountOptions, CephFsRecoverSession, CephLogStrategy, CephMsMode, CephRbdImageOptions, CephReadFromReplica, Findings, NbdQos,
  RbdCompressionHint, RbdImageFeature, RbdMounter, VolumeAttributesClass,
} from '../../src';
import {
  cephFsAttributesParameters, cephFsParameters, checkCephFsParameters, checkRbdParameters, rbdAttributesParameters, rbdImageParameters,
} from '../../src/ceph/image/render';
import { FindingError } from '../../src/findings/report';
import { flag, members, mostly, number, some, text } from '../properties/basics';
import { code, codes, one, thrown, uncheckedCodes } from '../support';

const image = (options: CephRbdImageOptions) => rbdImageParameters(cephChart(), options);
const mount = (options: CephFsMountOptions) => cephFsParameters(cephChart(), options);

describe('what is written', () => {
  test('nothing where nothing is said, also by null and by what is the default of ceph-csi', () => {
    const nothing = { mapOptions: { krbd: { lockOnRead: false, extraOptions: [] } }, unmapOptions: {}, mkfsOptions: [], mounter: RbdMounter.KRBD, dataPool: null as any };
    expect([image({}), image(nothing), mount({}), mount({ kernelMountOptions: {}, fuseMountOptions: [] }), image(undefined as any), mount(null as any)]).toEqual(Array(6).fill({}));
  });

  test('every option of the kernel, in the order of its properties', () => {
    const krbd = {
      mountTimeout: Duration.minutes(2), msMode: CephMsMode.PREFER_SECURE, readFromReplica: CephReadFromReplica.LOCALIZE,
      crushLocation: ['rack:a', 'zone:b'], compressionHint: RbdCompressionHint.INCOMPRESSIBLE,
      queueDepth: 64, lockOnRead: true, exclusive: true, lockTimeout: Duration.seconds(30), notrim: true, abortOnFull: true, allocSize: Size.kibibytes(4), rxbounce: true, extraOptions: ['osdkeepalive=10'],
    };
    expect(image({ mapOptions: { krbd } }).mapOptions).toBe(
      'krbd:ms_mode=prefer-secure,read_from_replica=localize,crush_location=rack:a|zone:b,compression_hint=incompressible,queue_depth=64,lock_on_read,exclusive,lock_timeout=30,notrim,'
      + 'abort_on_full,alloc_size=4096,rxbounce,mount_timeout=120,osdkeepalive=10',
    );
  });

  test('what maps an image comes first in its options, as they may have colons too', () => {
    const both = image({ tryOtherMounters: true, mapOptions: { nbd: { exclusive: true }, krbd: { crushLocation: ['zone:a'] } }, unmapOptions: { nbd: ['force'], krbd: ['force', 'noudev'] } });
    expect(both).toEqual({ tryOtherMounters: 'true', mapOptions: 'krbd:crush_location=zone:a;nbd:exclusive', unmapOptions: 'krbd:force,noudev;nbd:force' });
  });

  test('numbers are bytes, features have no blanks, options of mkfs have one', () => {
    expect(image({
      dataPool: 'data', imageFeatures: [RbdImageFeature.LAYERING, RbdImageFeature.EXCLUSIVE_LOCK], mounter: RbdMounter.NBD, mkfsOptions: ['-m0', '-Ediscard'], volumeNamePrefix: 'prod-', objectSize: Size.mebibytes(8),
      cephLog: { directory: '/var/log/ceph', strategy: CephLogStrategy.PRESERVE }, striping: { unit: Size.kibibytes(64), count: 16 },
      topologyPools: [{ pool: 'a', domainSegments: [{ label: 'zone', value: 'a' }] }, { pool: 'b', dataPool: 'b-data', domainSegments: [{ label: 'zone', value: 'b' }] }],
    })).toEqual({
      dataPool: 'data', imageFeatures: 'layering,exclusive-lock', mounter: 'rbd-nbd', mkfsOptions: '-m0 -Ediscard', volumeNamePrefix: 'prod-', objectSize: '8388608',
      cephLogDir: '/var/log/ceph', cephLogStrategy: 'preserve', stripeUnit: '65536', stripeCount: '16',
      topologyConstrainedPools: '[{"poolName":"a","domainSegments":[{"domainLabel":"zone","value":"a"}]},{"poolName":"b","dataPool":"b-data","domainSegments":[{"domainLabel":"zone","value":"b"}]}]',
    });
  });

  test('mounts of CephFS', () => {
    const kernelMountOptions = { msMode: CephMsMode.SECURE, recoverSession: CephFsRecoverSession.CLEAN, readAhead: Size.mebibytes(4), wsync: false, extraOptions: ['norbytes'] };
    expect(mount({ pool: 'data', mounter: CephFsMounter.KERNEL, kernelMountOptions, volumeNamePrefix: 'prod-', backingSnapshot: false })).toEqual({
      pool: 'data', mounter: 'kernel', kernelMountOptions: 'ms_mode=secure,recover_session=clean,rasize=4194304,nowsync,norbytes', volumeNamePrefix: 'prod-', backingSnapshot: 'false',
    });
    expect(mount({ mounter: CephFsMounter.FUSE, fuseMountOptions: ['debug', 'client_cache_size=100'] })).toEqual({ mounter: 'fuse', fuseMountOptions: 'debug,client_cache_size=100' });
  });

  test('limits and pins, in the names of ceph-csi', () => {
    const nbd: NbdQos = {
      iops: { base: 1800, perGibibyte: 12, max: 10000 }, writeIops: { base: 500 },
      throughput: { base: Size.mebibytes(100), perGibibyte: Size.kibibytes(200), max: Size.mebibytes(180) },
      readThroughput: { base: Size.mebibytes(50) }, baseVolumeSize: Size.gibibytes(20),
    };
    expect(rbdAttributesParameters(cephChart(), { nbd }, { version: 'v3.17.1' })).toEqual({
      baseIops: '1800', iopsPerGiB: '12', maxIops: '10000', baseWriteIops: '500', baseBps: '104857600', bpsPerGiB: '204800', maxBps: '188743680', baseReadBps: '52428800', baseVolSizeBytes: '21474836480',
    });
    expect(rbdAttributesParameters(cephChart(), { krbd: { maxReadIops: 100, maxWriteThroughput: Size.mebibytes(1) } }, { version: 'v3.18.0' })).toEqual({ maxReadIops: '100', maxWriteBps: '1048576' });
    const pins = [{ export: 2 }, { distributed: true }, { distributed: false }, { random: 0.01 }].map(pin => cephFsAttributesParameters(cephChart(), pin, { version: 'v3.18.1' }));
    expect(pins).toEqual([{ 'mds-pin-export': '2' }, { 'mds-pin-distributed': '1' }, { 'mds-pin-distributed': '0' }, { 'mds-pin-random': '0.01' }]);
  });

  test('a class with limits is a class of the driver', () => {
    const scope = cephChart();
    const gold: VolumeAttributesClass = rbd({ volumeAttributes: true }, scope).addAttributesClass('gold', { qos: { nbd: { readIops: { base: 500 } } } });
    expect(one(scope, 'VolumeAttributesClass')).toMatchObject({ driverName: 'rbd.csi.ceph.com', parameters: { baseReadIops: '500' } });
    expect(gold.volumeAttributesClassName).toBe('gold');
  });
});

describe('what is found', () => {
  test('an error says what to write instead', () => {
    const fix = (parameters: Record<string, string>) => thrown(() => checkRbdParameters(cephChart(), { clusterID: 'ceph', pool: 'a', ...parameters }))!.fix;
    expect(fix({ imageFeatures: 'layering, exclusive-lock' })).toBe("write them without: 'layering,exclusive-lock'");
    expect(fix({ imageFeatures: 'layering,objekt-map' })).toBe('write object-map');
    expect(fix({ imageFeatures: 'layering,object-map' })).toBe('add RbdImageFeature.EXCLUSIVE_LOCK');
    expect(fix({ mapoptions: 'krbd:rxbounce' })).toBe('write mapOptions');
    expect(fix({ mapOptions: 'crush_location=zone:a' })).toBe("write mapOptions: 'krbd:crush_location=zone:a'");
    expect(fix({ mapOptions: 'krbd:rxbounce;krbd:noshare' })).toBe("write all its options in one: 'krbd:rxbounce,noshare'");
    const monitors = ['10.0.0.1:3300'];
    expect(thrown(() => rbdImageParameters(cephChart(), {}, { monitors }))!.fix).toContain('mapOptions: { krbd: { msMode: CephMsMode.PREFER_CRC } }');
    expect(thrown(() => cephFsParameters(cephChart(), {}, { monitors }))!.fix).toContain('kernelMountOptions: { msMode: CephMsMode.PREFER_CRC }');
  });

  test('every limit that ceph-csi 3.15 had in classes is sent to a VolumeAttributesClass', () => {
    const old = [
      'BaseIops', 'BaseReadIops', 'BaseWriteIops', 'BaseBytesPerSecond', 'BaseReadBytesPerSecond', 'BaseWriteBytesPerSecond', 'IopsPerGiB', 'ReadIopsPerGiB', 'WriteIopsPerGiB', 'BpsPerGiB', 'ReadBpsPerGiB',
      'WriteBpsPerGiB', 'BaseVolSizeBytes',
    ];
    expect(old.filter(key => !thrown(() => checkRbdParameters(cephChart(), { [key]: '1' }))!.fix.includes('addAttributesClass'))).toEqual([]);
  });

  test('the kernel is held against what a class asks for, each thing once in a storage', () => {
    const scope = cephChart({ kernel: '5.4' });
    const storage = rbd({}, scope);
    ['a', 'b'].forEach(name => storage.addStorageClass(name, { imageFeatures: [RbdImageFeature.LAYERING], mapOptions: { krbd: { rxbounce: true, compressionHint: RbdCompressionHint.NONE } } }));
    const found = Findings.of(scope).list();
    expect(found.map(finding => [finding.code, finding.path, finding.message.split(',')[0]])).toEqual([
      ['CEPH043', 'chart/Rbd', "the option 'compression_hint=none' needs Linux 5.8"],
      ['CEPH043', 'chart/Rbd', "the option 'rxbounce' needs Linux 5.17"],
    ]);
  });

  test('what is not declared is listed, once in a storage', () => {
    const scope = cephChart();
    [0, 1].forEach(() => rbdImageParameters(scope, { mapOptions: { krbd: { rxbounce: true } }, topologyPools: [{ pool: 'a', domainSegments: [{ label: 'zone', value: 'a' }] }] }));
    expect(Findings.of(scope).unchecked().map(rule => rule.code)).toEqual(['CEPH042', 'CEPH038', 'CEPH043']);
  });

  test('a class that its user wrote is held against the kernel too, but not against monitors that nobody knows', () => {
    const scope = cephChart({ kernel: '5.2' });
    checkRbdParameters(scope, { clusterID: 'ceph', pool: 'a' });
    checkCephFsParameters(scope, { clusterID: 'ceph', fsName: 'cephfs', kernelMountOptions: 'ms_mode=secure' });
    expect([codes(scope), uncheckedCodes(scope)]).toEqual([['CEPH043'], ['CEPH038']]);
  });

  test('a release of ceph-csi that nobody declared is listed', () => {
    const scope = cephChart();
    rbdAttributesParameters(scope, { krbd: { maxReadIops: 100 } }, {});
    expect(uncheckedCodes(scope)).toEqual(['CEPH045']);
  });

  test('a volume that exists is not held against the features that Ceph gives a new image', () => {
    const scope = cephChart({ kernel: '4.18' });
    rbd({}, scope).addStaticVolume('data', { image: 'disk1', capacity: Size.gibibytes(1) });
    cephFs({}, scope).addStaticVolume('files', { rootPath: '/volumes/csi/data', capacity: Size.gibibytes(1), mounter: CephFsMounter.KERNEL });
    expect(codes(scope)).toEqual([]);
  });
});

const bytes = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(4, 64, 1024, 4096).map(amount => Size.kibibytes(amount)) },
  { weight: 1, arbitrary: fc.constantFrom<any>(Size.kibibytes(0), Size.kibibytes(0.3), 'x', 4, null) },
);
const time = fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 0, max: 600 }).map(amount => Duration.seconds(amount)) }, { weight: 1, arbitrary: fc.constantFrom<any>(Duration.millis(10), 'x', 4, {}) });
const anything = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<any> => mostly<any>(right, fc.anything(), 60);
const list = (right: string[], wrong: string[] = []) => anything(fc.array(text(right, wrong), { maxLength: 3 }));
const extraOptions = list(['osdkeepalive=10', 'noshare', 'exclusive', 'debug-rbd=20', 'norbytes'], ['a b', 'ms_mode=x', 'a;b', '--x', 'ro', 'name=x']);
const krbd = anything(some<any, any>({
  msMode: anything(members(CephMsMode)), readFromReplica: members(CephReadFromReplica), crushLocation: list(['zone:a', 'room:b'], ['zone']), compressionHint: members(RbdCompressionHint),
  queueDepth: number(fc.integer({ min: 1, max: 500 })), lockOnRead: flag, exclusive: anything(flag), lockTimeout: time, notrim: flag, abortOnFull: flag,
  allocSize: bytes, rxbounce: flag, mountTimeout: time, extraOptions,
}, []));
const nbd = anything(some<any, any>({ reattachTimeout: time, ioTimeout: time, exclusive: flag, notrim: flag, extraOptions }, []));
const name = text(['data', 'a-b'], ['']);
const segments = anything(fc.array(some<any, any>({ label: text(['zone', 'room'], ['example.com/zone']), value: text(['a', 'b']) }, ['label', 'value']), { minLength: 1, maxLength: 2 }));
const features = mostly<any>(
  fc.constantFrom(['layering'], ['layering', 'exclusive-lock'], Object.values(RbdImageFeature).filter(feature => feature !== RbdImageFeature.JOURNALING)), anything(fc.uniqueArray(members(RbdImageFeature))),
);
/** Few of them at a time: among so many, one is wrong nearly always. */
const few = (options: fc.Arbitrary<any>) => fc.tuple(options, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), fc.nat(11))
  .map(([given, dice, also]) => Object.fromEntries(Object.entries(given).filter((_, index) => index === also || (dice[index] && dice[(index + 1) % 12]))));
const imageOptions = few(some<any, any>({
  dataPool: name, imageFeatures: features, mounter: anything(members(RbdMounter)), tryOtherMounters: anything(flag),
  mapOptions: anything(some<any, any>({ krbd, nbd }, [])), unmapOptions: anything(some<any, any>({ krbd: list(['force', 'noudev']), nbd: list(['force']) }, [])), mkfsOptions: list(['-m0', '-Ediscard'], ['-m 0']),
  cephLog: anything(some<any, any>({ directory: text(['/var/log/ceph'], ['logs']), strategy: members(CephLogStrategy) }, [])), volumeNamePrefix: name,
  striping: anything(some<any, any>({ unit: bytes, count: number(fc.integer({ min: 1, max: 16 })) }, ['unit', 'count'])), objectSize: bytes,
  topologyPools: anything(fc.array(some<any, any>({ pool: name, dataPool: name, domainSegments: segments }, ['pool', 'domainSegments']), { maxLength: 2 })),
}, []));
const mountOptions = some<any, any>({
  pool: name, mounter: anything(members(CephFsMounter)), fuseMountOptions: list(['debug', 'client_cache_size=1']), volumeNamePrefix: name, backingSnapshot: anything(flag),
  kernelMountOptions: anything(some<any, any>({
    msMode: members(CephMsMode), recoverSession: members(CephFsRecoverSession), readFromReplica: members(CephReadFromReplica), crushLocation: list(['zone:a']), readAhead: bytes, wsync: anything(flag), extraOptions,
  }, [])),
}, []);
const limit = (amount: fc.Arbitrary<any>) => anything(some<any, any>({ base: amount, perGibibyte: amount, max: amount }, ['base']));
const amounts = number(fc.integer({ min: 1, max: 10000 }));
const qos = anything(some<any, any>({
  nbd: anything(some<any, any>({ iops: limit(amounts), readIops: limit(amounts), throughput: limit(bytes), baseVolumeSize: bytes }, [])),
  krbd: anything(some<any, any>({ maxReadIops: amounts, maxWriteThroughput: bytes }, [])),
}, []));
const pin = anything(some<any, any>({ export: amounts, distributed: anything(flag), random: number(fc.constant(0.5)) }, []));

/** The parameters, or nothing where a finding with a code was thrown; any other error is passed on. */
function attempted(render: () => Record<string, string>): Record<string, string> | undefined {
  try {
    return render();
  } catch (error) {
    if (error instanceof FindingError) {
      return undefined;
    }
    throw error;
  }
}

describe('whatever is said', () => {
  const RUNS = { numRuns: 1500, seed: 20261126 };
  const monitors = fc.constantFrom(undefined, ['10.0.0.1:6789'], ['10.0.0.1:3300'], ['10.0.0.1:3300', '10.0.0.1:6789']);
  const isText = (parameters: Record<string, string>) => Object.values(parameters).every(value => typeof value === 'string' && !/undefined|\[object|NaN/.test(value));

  test('of images ends in a finding, or in parameters that a class written by hand may have', () => {
    let written = 0;
    fc.assert(fc.property(imageOptions, monitors, (options, known) => {
      const scope = cephChart({ kernel: '5.4' });
      const parameters = attempted(() => rbdImageParameters(scope, options, { monitors: known, volumeBindingMode: 'WaitForFirstConsumer', domainLabels: ['example.com/zone', 'room'] }));
      if (parameters) {
        written++;
        expect(isText(parameters)).toBe(true);
        expect(code(() => checkRbdParameters(cephChart(), { clusterID: 'ceph', pool: 'a', ...parameters }))).toBeUndefined();
        Findings.of(scope).list();
      }
    }), RUNS);
    expect(written).toBeGreaterThan(100);
  });

  test('of mounts ends in a finding, or in parameters that a class written by hand may have', () => {
    let written = 0;
    fc.assert(fc.property(mountOptions, monitors, (options, known) => {
      const parameters = attempted(() => cephFsParameters(cephChart(), options, { monitors: known }));
      if (parameters) {
        written++;
        expect(isText(parameters)).toBe(true);
        expect(code(() => checkCephFsParameters(cephChart(), { clusterID: 'ceph', fsName: 'cephfs', ...parameters }))).toBeUndefined();
      }
    }), RUNS);
    expect(written).toBeGreaterThan(100);
  });

  test('of limits and pins ends in a finding, or in texts', () => {
    let written = 0;
    fc.assert(fc.property(qos, pin, (limits, place) => {
      for (const parameters of [
        attempted(() => rbdAttributesParameters(cephChart(), limits, { version: 'v3.18.0' })), attempted(() => cephFsAttributesParameters(cephChart(), place, { version: 'v3.18.0' })),
      ]) {
        written += parameters ? 1 : 0;
        expect(parameters === undefined || (isText(parameters) && Object.keys(parameters).length > 0)).toBe(true);
      }
    }), RUNS);
    expect(written).toBeGreaterThan(100);
  });

  test('in a class by hand ends in a finding, or is accepted', () => {
    const keys = fc.oneof({ weight: 20, arbitrary: fc.constantFrom('imageFeatures', 'mounter', 'mapOptions', 'unmapOptions', 'topologyConstrainedPools', 'stripeUnit', 'stripeCount', 'objectSize', 'kernelMountOptions', 'pool') }, { weight: 1, arbitrary: fc.string() });
    const values = fc.oneof(fc.anything(), fc.string(), fc.constantFrom('krbd:ro', 'krbd:a;nbd:b', '[]', '[null]', '[{"poolName":1}]', '[{"poolName":"a","domainSegments":{}}]', '4096', 'layering', '=', ':', ';', ',', 'constructor', 'nbd:__proto__=1'));
    fc.assert(fc.property(fc.dictionary(keys, values, { noNullPrototype: true, maxKeys: 4 }), parameters => {
      [checkRbdParameters, checkCephFsParameters].forEach(check => attempted(() => {
        check(cephChart(), parameters as any);
        return {};
      }));
    }), RUNS);
  });
});
