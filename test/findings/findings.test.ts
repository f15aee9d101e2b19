import { App, Chart, Testing } from 'cdk8s';
import { Findings, NfsServer, NfsStorageProps, Platform } from '../../src';
import { codes, existingNfs, nfs, one, platformProps, stderr, testApp, testChart, thrown, uncheckedCodes } from '../support';

/** Trips NFS003, a warning. */
const NUMBERED = NfsServer.external({ host: '10.0.0.1', share: '/exports' });

function numbered(chart = testChart(), props: Partial<NfsStorageProps> = {}) {
  return nfs(chart, { server: NUMBERED, ...props });
}

describe('what one construct can see alone', () => {
  const finding = thrown(() => nfs(testChart()).addStorageClass('Fast'))!;

  test('is thrown at once, by code and path', () => {
    expect(finding).toMatchObject({ code: 'MAN001', level: 'error', path: 'chart/Nfs' });
  });

  test('is one message with what, how to mend it, and where to read on', () => {
    expect(() => nfs(testChart()).addStorageClass('Fast'))
      .toThrow(`MAN001 chart/Nfs: ${finding.message}\n        Fix: ${finding.fix}. See ${finding.reference}`);
  });

  test('is an error that can be told apart from others', () => {
    expect(() => nfs(testChart()).addStorageClass('Fast')).toThrow(expect.objectContaining({ name: 'FindingError', code: 'MAN001' }));
  });
});

describe('what more than one construct shows', () => {
  /** Three errors of two rules, in two charts. */
  function broken() {
    const app = testApp({ kernel: '4.18' });
    for (const name of ['a', 'b']) {
      nfs(new Chart(app, name), { protocol: { connections: 4 }, secretName: name }).addSnapshotClass('daily');
    }
    return app;
  }

  test.each([
    ['app.synthYaml()', (app: App) => app.synthYaml()],
    ['app.synth()', (app: App) => app.synth()],
    ['Testing.synth() of one chart', (app: App) => Testing.synth(app.charts[0])],
  ])('stops %s, all errors in one message', (_, synth) => {
    expect(() => synth(broken())).toThrow(/NFS114 a\/Nfs: [^]*NFS114 b\/Nfs: /);
    expect(() => synth(broken())).toThrow(/SNP003 a\/Nfs\/SnapshotClass-daily: [^]*SNP003 b\/Nfs\/SnapshotClass-daily: /);
    expect(() => synth(broken())).toThrow(/MAN002 b\/Nfs\/SnapshotClass-daily\/Resource: /);
  });

  test('is listed without synthesizing, for a whole app or a part of it', () => {
    const app = broken();
    expect(codes(app)).toEqual(['MAN002', 'NFS114', 'SNP003']);
    expect(Findings.of(app.charts[0]).list().map(finding => finding.path)).toEqual(expect.arrayContaining(['a/Nfs', 'a/Nfs/SnapshotClass-daily']));
    expect(Findings.of(app.charts[0]).list().filter(finding => !finding.path.startsWith('a/'))).toEqual([]);
  });

  test('is the same each time it is listed', () => {
    const app = broken();
    expect(Findings.of(app).list()).toEqual(Findings.of(app).list());
  });
});

describe('warnings', () => {
  test('are printed once per app, however often and in whatever way it is synthesized', () => {
    const chart = numbered().node.scope as Chart;
    const printed = stderr(() => {
      Testing.synth(chart);
      App.of(chart).synthYaml();
      Testing.synth(chart);
    });
    expect(printed.match(/warning NFS003 chart\/Nfs: /g)).toHaveLength(1);
    expect(printed).toMatch(/^warning NFS003 chart\/Nfs: .*\n {8}Fix: .* See docs\/nfs\.md\n$/);
  });

  test('are printed for each app', () => {
    expect(stderr(() => Testing.synth(numbered().node.scope as Chart))).not.toBe('');
    expect(stderr(() => Testing.synth(numbered().node.scope as Chart))).not.toBe('');
  });

  test('are not printed by listing them', () => {
    expect(stderr(() => Findings.of(numbered()).list())).toBe('');
  });

  test('are all printed, each with its path', () => {
    const app = testApp();
    ['a', 'b'].forEach(name => numbered(new Chart(app, name)));
    expect(stderr(() => app.synthYaml()).match(/warning NFS003 \w\/Nfs/g)).toEqual(['warning NFS003 a/Nfs', 'warning NFS003 b/Nfs']);
  });

  test('do not stand in the way of manifests', () => {
    const chart = testChart();
    numbered(chart).addStorageClass('fast');
    stderr(() => expect(one(chart, 'StorageClass').metadata.name).toBe('fast'));
  });
});

describe('acknowledge', () => {
  const REASON = 'the address is a VIP';

  test('silences, and keeps the finding in the list with its reason', () => {
    const storage = numbered();
    Findings.of(storage).acknowledge('NFS003', REASON);
    expect(stderr(() => App.of(storage).synthYaml())).toBe('');
    expect(Findings.of(storage).list()).toEqual([expect.objectContaining({ code: 'NFS003', acknowledged: REASON })]);
  });

  test('writes the reason into the manifest, where a reviewer finds it', () => {
    const chart = testChart();
    const storage = numbered(chart);
    storage.addStorageClass('open', { mountPermissions: '0777' });
    storage.addStorageClass('closed');
    Findings.of(chart).acknowledge('NFS115', 'scratch space');
    Findings.of(chart).acknowledge('NFS003', REASON);
    expect(one(chart, 'StorageClass', 'open').metadata.annotations).toEqual({ 'cdk8s-storage/NFS115': 'scratch space' });
    expect(one(chart, 'StorageClass', 'closed').metadata.annotations).toBeUndefined();
    expect(one(chart, 'Secret').metadata.annotations).toEqual({ 'cdk8s-storage/NFS003': REASON });
  });

  test('holds at and below the construct on which it is said', () => {
    const app = testApp();
    const [first] = ['a', 'b'].map(name => numbered(new Chart(app, name)));
    Findings.of(first).acknowledge('NFS003', REASON);
    expect(stderr(() => app.synthYaml()).match(/warning NFS003 \w\/Nfs/g)).toEqual(['warning NFS003 b/Nfs']);
  });

  test('may be said before the construct that needs it is there', () => {
    const chart = testChart();
    Findings.of(chart).acknowledge('NFS003', REASON);
    numbered(chart);
    expect(stderr(() => App.of(chart).synthYaml())).toBe('');
  });

  test('is itself a warning once there is nothing to acknowledge', () => {
    const storage = nfs(testChart());
    Findings.of(storage).acknowledge('NFS003', REASON);
    expect(stderr(() => App.of(storage).synthYaml())).toMatch(/^warning FND002 chart\/Nfs: NFS003 is acknowledged here/);
  });

  test('of a stale acknowledgement does not keep itself alive', () => {
    const chart = testChart();
    Findings.of(chart).acknowledge('FND002', 'nothing is stale here');
    expect(codes(chart)).toEqual(['FND002']);
  });
});

describe('strict', () => {
  test('makes a warning an error', () => {
    const storage = numbered();
    Findings.of(storage.node.root).strict();
    expect(() => App.of(storage).synthYaml()).toThrow('NFS003 chart/Nfs');
  });

  test('lets an acknowledged warning pass', () => {
    const storage = numbered();
    Findings.of(storage.node.root).strict();
    Findings.of(storage).acknowledge('NFS003', 'the address is a VIP');
    expect(() => App.of(storage).synthYaml()).not.toThrow();
  });

  test('does not let a stale acknowledgement pass', () => {
    const storage = nfs(testChart());
    Findings.of(storage.node.root).strict();
    Findings.of(storage).acknowledge('NFS003', 'the address is a VIP');
    expect(() => App.of(storage).synthYaml()).toThrow('FND002');
  });

  test('reaches what is below it, and no more', () => {
    const app = testApp();
    const [first] = ['a', 'b'].map(name => numbered(new Chart(app, name)));
    Findings.of(first).strict();
    const printed = stderr(() => expect(() => app.synthYaml()).toThrow('NFS003 a/Nfs'));
    expect(printed).toMatch(/^warning NFS003 b\/Nfs/);
    expect(printed).not.toMatch('a/Nfs');
  });

  test('has no say in what is only unchecked', () => {
    const chart = testChart();
    nfs(chart, { protocol: { connections: 4 } });
    Findings.of(chart).strict();
    expect(() => App.of(chart).synthYaml()).not.toThrow();
  });
});

describe('unchecked', () => {
  test('lists each rule that lacks a declaration, by construct, with what is missing', () => {
    const chart = testChart();
    nfs(chart, { protocol: { connections: 4 } });
    expect(Findings.of(chart).unchecked()).toEqual([{ code: 'NFS114', path: 'chart/Nfs', missing: 'the kernel of the nodes: Platform.set(…, { kernel })' }]);
  });

  test('lists nothing once all is declared', () => {
    const chart = testChart({ kernel: '5.15' });
    nfs(chart, { protocol: { connections: 4 }, driver: existingNfs({ capabilities: { expand: true, snapshot: true }, controllerServiceAccount: { name: 'a', namespace: 'b' } }) })
      .addStorageClass('fast', { expansion: true });
    expect(uncheckedCodes(chart)).toEqual([]);
  });

  test.each([
    ['VOL003', 'expansion', (storage: ReturnType<typeof nfs>) => storage.addStorageClass('fast', { expansion: true })],
    ['SNP004', 'a snapshot class', (storage: ReturnType<typeof nfs>) => storage.addSnapshotClass('daily')],
  ])('lists %s for %s of a driver whose capabilities are not declared', (code, _, add) => {
    const storage = nfs(testChart());
    add(storage);
    expect(uncheckedCodes(storage)).toEqual([code]);
  });

  test('lists the part of the tree that was asked for', () => {
    const app = testApp();
    ['a', 'ab'].forEach(name => nfs(new Chart(app, name), { protocol: { connections: 4 } }));
    expect(Findings.of(app.charts[0]).unchecked().map(rule => rule.path)).toEqual(['a/Nfs']);
    expect(Findings.of(app).unchecked()).toHaveLength(2);
  });
});

test('an app without this library is not touched', () => {
  const app = new App();
  Platform.set(app, platformProps());
  expect(Findings.of(app).list()).toEqual([]);
});
