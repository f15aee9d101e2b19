import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { Construct } from 'constructs';
import { parseAllDocuments } from 'yaml';
import { apps, EXAMPLES, synthesize } from './examples';

/** Without the text of programs: they are files of this repository, and read there. */
const withoutPrograms = (content: string) => content.replace(/^( +\S+\.(?:js|sh): )\|\n(?: {4,}.*\n|\n)+/gm, '$1(its text)\n');

/** Groups whose definitions lie in imports/crds/ as they are written, and are too long to be read here as well. */
const DEFINED = /^ {2}group: (?:\w+\.)*(?:csi\.ceph\.io|ceph\.rook\.io|openshift\.io)$/m;
const withoutDefinitions = (content: string) => content.split(/^(?=---$)/m)
  .map(document => (/^kind: CustomResourceDefinition$/m.test(document) && DEFINED.test(document) ? document.replace(/^spec:\n[^]*$/m, 'spec: (imports/crds)\n') : document)).join('');

describe.each(apps())('%s', app => {
  test('writes what was reviewed', () => {
    for (const [file, content] of Object.entries(synthesize(app))) {
      expect(withoutDefinitions(withoutPrograms(content))).toMatchSnapshot(file);
    }
  });

  test('has nothing to warn of', () => {
    const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    synthesize(app);
    const printed = stderr.mock.calls.map(call => call[0]);
    stderr.mockRestore();
    expect(printed).toEqual([]);
  });

  test('no byte depends on the tree path', () => {
    const before = synthesize(app);
    // Every chart of the app gets one more scope around it.
    jest.doMock('cdk8s', () => {
      const actual = jest.requireActual('cdk8s');
      class Wrapped extends actual.Chart {
        public constructor(scope: Construct, id: string, props: object) {
          super(new Construct(scope, `One-more-scope-around-${id}`), id, props);
        }
      }
      return { ...actual, Chart: Wrapped };
    });
    const after = synthesize(app);
    jest.dontMock('cdk8s');
    expect(Object.keys(after)).not.toEqual(Object.keys(before)); // charts are named by their path: it did change
    expect(Object.values(after).sort()).toEqual(Object.values(before).sort());
  });

  test('names images by a tag, never latest', () => {
    const images = Object.values(synthesize(app)).flatMap(content => content.match(/(?<=image: ).*/g) ?? []);
    images.forEach(image => expect(image).toMatch(/:(?!latest$)[\w.-]+$/));
  });

  test('gives no namespace to what has none, and one to everything else', () => {
    const cluster = ['Namespace', 'CSIDriver', 'StorageClass', 'ClusterRole', 'ClusterRoleBinding', 'PersistentVolume', 'VolumeSnapshotClass', 'VolumeAttributesClass', 'CustomResourceDefinition', 'VolumeReplicationClass', 'NetworkFenceClass'];
    const objects = Object.values(synthesize(app)).flatMap(content => parseAllDocuments(content).map(document => document.toJS()));
    for (const { kind, metadata } of objects) {
      expect([kind, metadata.name, metadata.namespace === undefined]).toEqual([kind, metadata.name, cluster.includes(kind)]);
    }
  });

  test('has a README that says how to apply it', () => {
    const readme = [app, join(app, '..')].map(folder => join(EXAMPLES, folder, 'README.md')).find(existsSync)!;
    expect(readFileSync(readme, 'utf8')).toMatch(/^kubectl apply -f /m);
  });
});
