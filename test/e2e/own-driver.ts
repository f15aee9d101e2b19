import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { CACHE, CLUSTER, onTestCluster, testIf } from './machine';
import { haveSanity, sanity } from './sanity';
import { remove, removePod, sh, waitForPod, PATIENCE } from './storage';
import { synthesizeSample } from '../docs/app';
import { read, ROOT, samples } from '../docs/markdown';
import { kubectl, run } from '../kubectl';

const PAGE = 'docs/own-driver.md';
const IMAGE = 'registry.example.com/csi-directory:v1.0.0';
const NS = 'notes';

/** docs/own-driver.md, with what this machine has in place of docker, curl and `cdk8s synth`: the driver, its image, its manifests. */
export function ownDriverTests(): void {
  const onCluster = testIf(onTestCluster); // elsewhere nobody could pull the image
  const blocks = (language: string) => [...read(PAGE).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, block]) => block);
  const folder = mkdtempSync(join(tmpdir(), 'own-driver-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  onCluster('its image is made from what the page shows', () => {
    const npm = blocks('console')[0].split('\n').filter(line => line.startsWith('npm'));
    run('bash', ['-euc', npm.join('\n')], { cwd: folder });
    writeFileSync(join(folder, 'driver.js'), blocks('js')[0]);
    // Of the interface, the part that the example has: nothing is fetched here.
    copyFileSync(join(ROOT, 'examples', 'custom-csi-driver', 'driver', 'csi.proto'), join(folder, 'csi.proto'));
    // The base has no `node` as its entrypoint's first word, so a line of shell stands for ENTRYPOINT ["node", "/driver/driver.js"].
    writeFileSync(join(folder, 'start'), '#!/bin/sh\nexec node /driver/driver.js "$@"\n', { mode: 0o755 });
    const node = readdirSync(CACHE).filter(name => name.startsWith('node-')).map(name => join(CACHE, name, 'package', 'bin', 'node')).pop()!;
    run(join(CLUSTER, 'image'), [
      IMAGE, '--base', 'debian', '--entrypoint', '/start', `${node}:/usr/local/bin/node`, `${join(folder, 'start')}:/start`,
      ...['csi.proto', 'driver.js', 'node_modules'].map(name => `${join(folder, name)}:/driver/${name}`),
    ]);
  });

  testIf(onTestCluster && haveSanity)('it passes csi-sanity', async () => {
    expect(await sanity((endpoint, data) => [process.execPath, join(folder, 'driver.js'), endpoint, 'me', data])).toBeGreaterThanOrEqual(20);
  });

  onCluster('its manifests mount a volume', () => {
    const dist = synthesizeSample(samples(PAGE)[0], join(folder, 'app'));
    const start = () => kubectl('apply', '-f', dist);
    start();
    waitForPod(NS, 'notes');
    expect(sh(NS, 'notes', 'wc -l < /pages/today')).toBe('1');
    removePod(NS, 'notes');
    start();
    waitForPod(NS, 'notes');
    expect(sh(NS, 'notes', 'wc -l < /pages/today')).toBe('2');
  });

  onCluster('what is deleted is gone', async () => {
    removePod(NS, 'notes');
    await remove(NS);
    const node = kubectl('-n', 'csi-directory', 'get', 'pods', '-l', 'app.kubernetes.io/component=node', '-o', 'name').trim();
    expect(kubectl('-n', 'csi-directory', 'exec', node, '-c', 'csi-directory', '--', 'ls', '/var/lib/csi-directory')).toBe('');
    // Its pods first: what they asked for without their roles would be refused, and found by the audit.
    kubectl('-n', 'csi-directory', 'delete', 'deployments', '--all', '--cascade=foreground', `--timeout=${PATIENCE}s`);
    kubectl('delete', '--ignore-not-found', '-f', join(folder, 'app', 'dist', 'storage.k8s.yaml'), `--timeout=${PATIENCE}s`);
  });
}
