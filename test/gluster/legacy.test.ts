import * as fc from 'fast-check';
import * as library from '../../src';
import { CsiDriver, FindingLevel, Findings, KubernetesVersion, StorageClass } from '../../src';
import { complaints, pasted, run } from '../pasted-code';
import { object, one, testChart, thrown } from '../support';

/** The class that people copied from the documentation of Kubernetes. */
const OLD_CLASS = {
  metadata: { name: 'slow' },
  provisioner: 'kubernetes.io/glusterfs',
  parameters: {
    resturl: 'http://10.0.0.5:8080',
    clusterid: '630372ccdc720a92c681fb928f27b53f',
    restauthenabled: 'true',
    restuser: 'admin',
    secretNamespace: 'default',
    secretName: 'heketi-secret',
    gidMin: '40000',
    gidMax: '50000',
    volumetype: 'replicate:3',
  },
};

/** The finding on an object that the user wrote. */
function found(kind: string, fields: object, apiVersion: string, beside?: object) {
  const chart = testChart({}, { namespace: 'web' });
  object(chart, kind, fields, apiVersion);
  if (beside) {
    object(chart, 'Endpoints', beside);
  }
  const [finding, ...more] = Findings.of(chart).list();
  expect(more).toEqual([]);
  return finding;
}
const ofClass = (fields: object) => found('StorageClass', { ...OLD_CLASS, ...fields }, 'storage.k8s.io/v1');
const ofType = (volumetype: string, more: object = {}) => ofClass({ parameters: { ...OLD_CLASS.parameters, volumetype, ...more } }).fix;
const ofPod = (glusterfs: object, beside?: object) => found('Deployment', { metadata: { name: 'web' }, spec: { template: { spec: { volumes: [{ name: 'data', glusterfs }] } } } }, 'apps/v1', beside);
const ofVolume = (spec: object, metadata: object = {}, beside?: object) => found('PersistentVolume', { metadata: { name: 'data', ...metadata }, spec }, 'v1', beside);

const ENDPOINTS = { metadata: { name: 'glusterfs-cluster' }, subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 1 }] }, { addresses: [{ ip: '10.0.0.2' }, { ip: '10.0.0.1' }], ports: [{ port: 1 }] }] };
/** As heketi made them: with a group, and Endpoints in the namespace of the claim. */
const OLD_VOLUME = {
  capacity: { storage: '8Gi' },
  accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
  persistentVolumeReclaimPolicy: 'Delete',
  storageClassName: 'slow',
  claimRef: { name: 'uploads', namespace: 'shop' },
  mountOptions: ['log-level=WARNING'],
  glusterfs: { endpoints: 'glusterfs-dynamic-2f4c61a8', endpointsNamespace: 'shop', path: 'vol_1d0b2f6c9a3e4d5f8a7b6c5d4e3f2a1b' },
};
const WITH_GROUP = { annotations: { 'pv.beta.kubernetes.io/gid': '40001' } };
const CSI_VOLUME = {
  capacity: { storage: '5Gi' },
  accessModes: ['ReadWriteMany'],
  claimRef: { name: 'uploads', namespace: 'shop' },
  csi: { driver: 'org.gluster.glusterfs', volumeHandle: 'pvc-1', volumeAttributes: { glustervol: 'pvc-1', glusterserver: '10.0.0.1', glusterbkpservers: '10.0.0.2:10.0.0.3', secret: 'x' } },
};

/** The fix of each case, from which something is pasted. */
const FIXES: Record<string, () => string> = {
  'the class that everybody had': () => ofClass({}).fix,
  'a class with all that classes have': () => ofClass({
    metadata: { name: 'slow', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    reclaimPolicy: 'Retain', allowVolumeExpansion: true, volumeBindingMode: 'WaitForFirstConsumer', mountOptions: ['log-level=WARNING', 'backup-volfile-servers=10.0.0.1:10.0.0.2'],
    parameters: {
      resturl: 'http://heketi.example.com', restuser: 'admin', restuserkey: 'My Secret', restauthenabled: 'true', clusterid: 'a1,b2', volumetype: 'disperse:4:2',
      volumeoptions: 'client.ssl on, server.ssl on,user.heketi.zone-checking strict,features.shard', volumenameprefix: 'dept-dev', snapfactor: '10', customepnameprefix: 'dbstorage', colour: 'red',
    },
  }).fix,
  'a class with nothing but its provisioner': () => ofClass({ parameters: undefined }).fix,
  'a class with empty parameters': () => ofClass({ parameters: { resturl: '', volumetype: '', volumeoptions: '', secretName: '', clusterid: '' } }).fix,
  'a class of a heketi without users': () => ofClass({ parameters: { resturl: 'http://10.0.0.5:8080', restauthenabled: 'false', restuser: 'admin', restuserkey: 'x' } }).fix,
  'a class of a provisioner that never was': () => ofClass({ provisioner: 'gluster.org/glusterfs', parameters: { endpoint: 'glusterfs-cluster', resturl: 'http://10.0.0.5:8080', restauthenabled: 'false', volumetype: 'replica 2' } }).fix,
  'a class of the program for files': () => ofClass({
    provisioner: 'gluster.org/glusterfile', parameters: { resturl: 'http://127.0.0.1:8081', restuser: 'admin', restsecretnamespace: 'default', restsecretname: 'heketi-secret', smartclone: 'true', volumeoptions: 'user.heketi.arbiter true' },
  }).fix,
  'a class of the program for blocks': () => ofClass({
    provisioner: 'gluster.org/glusterblock', parameters: { opmode: 'gluster-block', blockmodeargs: 'glustervol=blockmaster1,hosts=10.67.116.108', hacount: '3', chapauthenabled: 'true', clusterids: 'a1' },
  }).fix,
  'a class of the program without heketi': () => ofClass({
    provisioner: 'gluster.org/glusterfs-simple', parameters: { brickrootPaths: '172.16.2.131:/tmp/,172.16.2.132:/tmp', volumeType: 'replica 2', namespace: 'default', selector: 'glusterfs-node==pod', forceCreate: 'true' },
  }).fix,
  'a class of the driver for GlusterD2': () => ofClass({ provisioner: 'org.gluster.glusterfs', parameters: { 'replicas': '2', 'arbiterType': 'thin', 'arbiterPath': '192.168.10.90:/mnt/arbiter-path:24007', 'brickType': 'loop', 'csi.storage.k8s.io/fstype': 'xfs' } }).fix,
  'a name alone': () => thrown(() => CsiDriver.fromDriverName('org.gluster.glusterfs'))!.fix,
  'a class of ours with a driver of that name': () => thrown(() => new StorageClass(testChart(), 'Class', {
    name: 'slow', driver: { driverName: 'kubernetes.io/glusterfs' }, parameters: { ...OLD_CLASS.parameters }, expansion: true,
  }))!.fix,
  'a volume in a pod, with its Endpoints': () => ofPod({ endpoints: 'glusterfs-cluster', path: 'gv0/sub/dir', readOnly: true }, ENDPOINTS).fix,
  'a volume in a pod, without its Endpoints': () => ofPod({ endpoints: 'glusterfs-cluster', path: '/gv0/' }).fix,
  'a PersistentVolume that heketi made': () => ofVolume(OLD_VOLUME, WITH_GROUP).fix,
  'a PersistentVolume that many read': () => ofVolume({ accessModes: ['ReadOnlyMany'], glusterfs: { endpoints: 'glusterfs-cluster', endpointsNamespace: 'web', path: 'gv0/a', readOnly: true, colour: 'red' } }, {}, ENDPOINTS).fix,
  'a PersistentVolume that names its hosts': () => ofVolume({ glusterfs: { endpoints: 'glusterfs-cluster', path: 'gv0' }, mountOptions: ['ro', 'backup-volfile-servers=10.0.0.1:10.0.0.2'] }).fix,
  'something that is no volume': () => ofVolume({ glusterfs: 'gv0' as any }).fix,
  'a volume of the CSI driver': () => ofVolume(CSI_VOLUME).fix,
  'texts that would end a text': () => ofClass({ parameters: { ...OLD_CLASS.parameters, resturl: "http://x'; rm -rf /", secretName: "x'y", volumetype: "`${'", volumeoptions: "auth.allow $(id),'a b" } }).fix,
};

describe('what is to be written instead', () => {
  test.each(Object.keys(FIXES))('of %s reads', name => {
    expect(FIXES[name]()).toMatchSnapshot();
  });

  test.each([
    ['a class', ofClass({}).fix, Object.keys(OLD_CLASS.parameters)],
    ['a volume', ofVolume({ glusterfs: { endpoints: 'a', endpointsNamespace: 'b', path: 'c', readOnly: true } }).fix, ['endpoints', 'endpointsNamespace', 'path', 'readOnly']],
    ['a volume of the CSI driver', ofVolume(CSI_VOLUME).fix, Object.keys(CSI_VOLUME.csi.volumeAttributes)],
  ])('of %s says of each parameter where it is now', (_, fix, keys) => {
    for (const key of keys) {
      expect(fix).toMatch(new RegExp(`^\\* (\\w+, )*${key}(, \\w+)* → \\S`, 'm'));
    }
  });

  test('is not known for no parameter that there was', () => {
    const all = [
      'resturl', 'restuser', 'restuserkey', 'secretname', 'secretnamespace', 'restsecretname', 'restsecretnamespace', 'restauthenabled', 'clusterid', 'clusterids', 'gidmin', 'gidmax', 'gidallocate',
      'volumetype', 'volumeoptions', 'volumenameprefix', 'snapfactor', 'customepnameprefix', 'smartclone', 'opmode', 'blockmodeargs', 'hacount', 'chapauthenabled', 'brickrootpaths', 'forcecreate',
      'namespace', 'selector', 'replicas', 'arbitertype', 'arbiterpath', 'bricktype', 'endpoint',
    ];
    const { fix } = ofClass({ parameters: Object.fromEntries(all.map(key => [key, 'x'])) });
    expect(fix).not.toContain('no provisioner of Gluster has it');
    expect([...fix.matchAll(/^\* (\w+(?:, \w+)*) →/gm)].flatMap(([, keys]) => keys.split(', ')).sort()).toEqual(all.sort());
  });

  test('repeats no key', () => {
    expect(FIXES['a class with all that classes have']()).not.toContain('My Secret');
  });
});

describe('the layout of the volume', () => {
  const command = (fix: string) => /^gluster volume create gv0 (.*)$/m.exec(fix)![1].replace(/ '?<host .*$/, '');

  test.each([
    ['', 'replica 3', 'Replica3'],
    ['replicate', 'replica 3', 'Replica3'],
    ['replicate:3', 'replica 3', 'Replica3'],
    ['replicate:2', 'replica 2 arbiter 1', 'Arbiter'],
    ['disperse:4:2', 'disperse-data 4 redundancy 2', 'Disperse, with data 4 and redundancy 2'],
  ])('of %j is %s', (volumetype, layout, pool) => {
    const fix = ofType(volumetype);
    expect(command(fix)).toBe(layout);
    expect(fix).toContain(`a pool of the type ${pool}`);
    expect(fix).not.toContain('is none that heketi knew');
  });

  test.each(['none', 'replicate:1'])('of %j has no copies', volumetype => {
    expect(ofType(volumetype)).toContain("gluster volume create gv0 '<host 1>:/bricks/gv0/brick'\n");
    expect(ofType(volumetype)).toContain('a pool of the type Replica1');
    expect(ofType(volumetype)).toContain('there are no copies');
  });

  test.each(['replicate:4', 'disperse:5:1'])('of %j is one that Kadalu does not have', volumetype => {
    expect(ofType(volumetype)).not.toContain('Kadalu');
  });

  test.each(['replica:3', 'replicate:', 'replicate:x', 'disperse:4', 'disperse', 'Replicate:3', 'stripe:2'])('of %j is told to be none', volumetype => {
    expect(ofType(volumetype)).toContain(`the volumetype '${volumetype}' is none that heketi knew`);
    expect(command(ofType(volumetype))).toBe('replica 3');
  });

  test('in the words of the gluster command is told to be none of heketi, and taken for what it means', () => {
    expect(ofType('replica 3')).toContain("the volumetype 'replica 3' is none that heketi knew");
    expect(ofType('replica 3')).toContain('it is taken for replicate:3');
    expect(FIXES['a class of the program without heketi']()).not.toContain('heketi knew');
  });

  test.each(['disperse:2:2', 'disperse:4:0', 'disperse:64:8', 'replicate:0', 'replicate:1000000'])('of %j is told to be impossible', volumetype => {
    expect(ofType(volumetype)).toContain('is one that Gluster does not make');
  });

  test('has an arbiter where heketi was asked for one', () => {
    expect(command(ofType('replicate:3', { volumeoptions: 'user.heketi.arbiter true,user.heketi.average-file-size 64' }))).toBe('replica 2 arbiter 1');
  });

  test('has a brick on each host that is known, and one of the thin arbiter', () => {
    expect(FIXES['a class of the program without heketi']()).toContain("replica 2 arbiter 1 172.16.2.131:/bricks/gv0/brick 172.16.2.132:/bricks/gv0/brick '<host 3>:/bricks/gv0/brick'");
    expect(FIXES['a class of the driver for GlusterD2']()).toContain("replica 2 thin-arbiter 1 '<host 1>:/bricks/gv0/brick' '<host 2>:/bricks/gv0/brick' 192.168.10.90:/mnt/arbiter-path");
  });
});

describe('the hosts', () => {
  test('are those of the Endpoints that are written here, each once', () => {
    expect(FIXES['a volume in a pod, with its Endpoints']()).toContain("hosts: ['10.0.0.1', '10.0.0.2'], volume: 'gv0'");
  });

  test('are not those of Endpoints in another namespace', () => {
    expect(ofVolume({ glusterfs: { endpoints: 'glusterfs-cluster', endpointsNamespace: 'other', path: 'gv0' } }, {}, ENDPOINTS).fix).toContain("hosts: ['<host of Gluster>']");
  });

  test('are looked for in the namespace default where the pods have none', () => {
    const chart = testChart();
    object(chart, 'Pod', { metadata: { name: 'web' }, spec: { volumes: [{ name: 'data', glusterfs: { endpoints: 'glusterfs-cluster', path: 'gv0' } }] } });
    object(chart, 'Endpoints', { ...ENDPOINTS, metadata: { name: 'glusterfs-cluster', namespace: 'web' } });
    expect(Findings.of(chart).list()[0].fix).toContain('kubectl -n default get endpoints glusterfs-cluster');
  });

  test('are asked for where the Endpoints are', () => {
    expect(FIXES['a PersistentVolume that heketi made']()).toContain("kubectl -n shop get endpoints glusterfs-dynamic-2f4c61a8 -o jsonpath='{.subsets[*].addresses[*].ip}'");
    expect(FIXES['a volume in a pod, without its Endpoints']()).toContain('kubectl -n web get endpoints glusterfs-cluster');
  });

  test('are asked of heketi with the key that it had', () => {
    expect(FIXES['the class that everybody had']()).toContain(
      "HEKETI_CLI_KEY=$(kubectl -n default get secret heketi-secret -o jsonpath='{.data.key}' | base64 -d) heketi-cli --server http://10.0.0.5:8080 --user admin topology info",
    );
    expect(FIXES['a class of a heketi without users']()).toContain('\nheketi-cli --server http://10.0.0.5:8080 topology info');
  });
});

// Switches itself on with the room: what is pasted names GlusterStorage.
if ('GlusterStorage' in library) {
  /** Runs a piece of code in a chart of its own. */
  const ran = (code: string) => run(code, testChart({}, { namespace: 'web' }), { '<host of Gluster>': '10.0.0.1', '<CIDR of the nodes>': '10.0.0.0/24', '<volume>': 'gv0', '<name>': 'slow' });
  const errors = (code: string) => Findings.of(ran(code)).list().filter(({ level }) => level === FindingLevel.ERROR);

  describe('what is pasted', () => {
    test('compiles', () => {
      expect(complaints(Object.fromEntries(Object.entries(FIXES).map(([name, fix]) => [name, pasted(fix())])))).toEqual([]);
    }, 120_000);

    test.each(Object.keys(FIXES))('of %s runs without an error', name => {
      expect(errors(pasted(FIXES[name]()))).toEqual([]);
    });

    test('of a class is a class', () => {
      expect(one(ran(pasted(FIXES['a class with all that classes have']())), 'StorageClass')).toMatchObject({
        metadata: { name: 'slow', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } }, reclaimPolicy: 'Retain', allowVolumeExpansion: true, volumeBindingMode: 'WaitForFirstConsumer',
      });
    });

    test('of a volume keeps its directory, size, group and claim', () => {
      const chart = ran(pasted(FIXES['a PersistentVolume that heketi made']()));
      expect(one(chart, 'PersistentVolume')).toMatchObject({
        metadata: { name: 'data', annotations: { 'pv.beta.kubernetes.io/gid': '40001' } },
        spec: { capacity: { storage: '8Gi' }, accessModes: ['ReadWriteOnce', 'ReadWriteMany'], persistentVolumeReclaimPolicy: 'Retain', claimRef: { name: 'uploads', namespace: 'shop' } },
      });
      expect(one(chart, 'PersistentVolumeClaim').spec).toMatchObject({ volumeName: 'data', storageClassName: '' });
    });

    test('of a directory in a volume is that directory, read-only', () => {
      const { spec } = one(ran(pasted(FIXES['a volume in a pod, with its Endpoints']())), 'PersistentVolume');
      expect(spec).toMatchObject({ accessModes: ['ReadOnlyMany'], csi: { volumeAttributes: { subDir: 'sub/dir' } } });
      expect(spec.mountOptions).toContain('ro');
    });
  });

  describe('whatever is written in old objects, what is pasted of the fix is refused by a finding or synthesizes', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('http://10.0.0.5:8080', 'replicate:2', 'disperse:4:2', 'client.ssl on', 'true', '40000', "it's", 'a\nb', '${x}', '*/'));
    const anything = fc.oneof(value, fc.constantFrom<any>(null, 1, true, [], ['10.0.0.1'], { name: 'gluster' }));
    const plain = { noNullPrototype: true };
    /** Throws what is no finding. */
    const paste = (fix: string) => { thrown(() => errors(pasted(fix))); };

    test('of classes', () => {
      const keys = [...Object.keys(OLD_CLASS.parameters), 'volumeoptions', 'brickrootpaths', 'blockmodeargs', 'replicas', 'arbitertype', 'arbiterpath', 'endpoint', 'colour'];
      const classes = fc.record({
        provisioner: fc.constantFrom('kubernetes.io/glusterfs', 'gluster.org/glusterfs', 'gluster.org/glusterfile', 'gluster.org/glusterblock', 'gluster.org/glusterfs-simple', 'org.gluster.glusterfs'),
        parameters: fc.dictionary(fc.constantFrom(...keys), anything, plain),
        mountOptions: fc.oneof(fc.array(value), anything),
        reclaimPolicy: fc.constantFrom('Retain', 'Delete', 'Recycle', undefined),
      });
      fc.assert(fc.property(classes, fields => paste(ofClass(fields).fix)), { numRuns: 150, seed: 20261126 });
    });

    test('of volumes', () => {
      const source = fc.dictionary(fc.constantFrom('endpoints', 'endpointsNamespace', 'path', 'readOnly'), anything, plain).map(fields => ({ ...fields, colour: 'red' })); // cdk8s leaves out what is empty
      const more = fc.oneof(anything, fc.constantFrom<any>({ storage: '10Gi' }, { storage: '1.5T' }, ['ReadOnlyMany'], { name: 'a', namespace: 'b' }));
      const spec = fc.dictionary(fc.constantFrom('capacity', 'accessModes', 'claimRef', 'mountOptions', 'volumeMode'), more, plain);
      fc.assert(fc.property(source, spec, (glusterfs, rest) => {
        paste(ofVolume({ ...rest, glusterfs }).fix);
        paste(ofPod(glusterfs).fix);
      }), { numRuns: 150, seed: 20261126 });
    });
  });
}

test('a class is an error in every release that there is a platform for, with the same text', () => {
  for (const kubernetes of [KubernetesVersion.V1_27, KubernetesVersion.V1_37]) {
    const chart = testChart({ kubernetes });
    object(chart, 'StorageClass', OLD_CLASS, 'storage.k8s.io/v1');
    expect(Findings.of(chart).list()).toMatchObject([{ code: 'CSI008', level: 'error', fix: FIXES['the class that everybody had']() }]);
  }
});
