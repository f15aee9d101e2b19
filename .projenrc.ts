import { readdirSync } from 'fs';
import { cdk8s, javascript } from 'projen';

/**
 * The rooms of src/ and which rooms each one may import; docs/README.md draws the same picture.
 * A room that is not listed for another one is out of reach, and eslint says so.
 */
const ROOMS: Record<string, string[]> = {
  findings: [],
  runtime: [],
  platform: ['findings'],
  manifest: ['platform', 'findings'],
  csi: ['manifest', 'platform', 'findings'],
  volume: ['csi', 'manifest', 'platform', 'findings'],
  snapshot: ['runtime', 'volume', 'csi', 'manifest', 'platform', 'findings'],
  ganesha: ['volume', 'csi', 'manifest', 'platform', 'findings'],
  nfs: ['ganesha', 'snapshot', 'volume', 'csi', 'manifest', 'platform', 'findings'],
  ceph: ['snapshot', 'volume', 'csi', 'manifest', 'platform', 'findings'],
  operator: ['csi', 'manifest', 'platform', 'findings'],
  gluster: ['nfs', 'ganesha', 'snapshot', 'volume', 'csi', 'manifest', 'platform', 'findings'],
};

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-storage',
  description: 'Kubernetes storage as typed cdk8s constructs: CSI drivers, classes, volumes, snapshots, NFS and Ceph, checked against each other before a line of YAML reaches Git.',
  author: 'The cdk8s-storage authors',
  authorAddress: 'https://github.com/cdk8s-storage/cdk8s-storage',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-storage/cdk8s-storage.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk8s-storage authors',
  stability: 'experimental',
  keywords: ['cdk8s', 'kubernetes', 'k8s', 'storage', 'csi', 'nfs', 'ceph', 'snapshot'],

  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  jsiiVersion: '6.0.16',
  typescriptVersion: '6.0.3',
  // Development runs on the lowest peers we allow. projen itself asks for constructs ^10.5; Size.asString needs a recent cdk8s.
  constructsVersion: '10.5.0',
  cdk8sVersion: '2.70.0',
  deps: ['cdk8s-plus-27@^2.9.5'],
  devDeps: [
    'projen@0.103.25',
    '@types/node@^20', // projen would ask for a dist-tag that not every registry serves
    'cdk8s-cli@2.207.60', // `cdk8s import`
    'esbuild@0.28.2', // bundles the driver of examples/custom-csi-driver, and the snapshot runner
    'fast-check@4.10.2',
    '@grpc/grpc-js@1.14.7', // that driver speaks gRPC
    '@grpc/proto-loader@0.8.1',
    '@marcbachmann/cel-js@8.0.0', // reads the rules of custom resources; bundled into imports/libraries/
    '@kubernetes/client-node@2.0.1', // the controller of examples/storage-operator
    'prom-client@15.1.3',
    'jsii-pacmak@1.140.0',
    'jsii-docgen@10.12.6',
    'tsx@4.23.15', // runs the examples without compiling them
    'yaml@^2.8.0',
  ],

  publishToPypi: { distName: 'cdk8s-storage', module: 'cdk8s_storage' },
  publishToMaven: { javaPackage: 'io.github.cdk8sstorage', mavenGroupId: 'io.github.cdk8s-storage', mavenArtifactId: 'cdk8s-storage' },
  publishToGo: { moduleName: 'github.com/cdk8s-storage/cdk8s-storage-go', packageName: 'cdk8sstorage' },
  publishToNuget: { dotNetNamespace: 'Cdk8sStorage', packageId: 'Cdk8sStorage' },

  // src/ and the generated imports/ compile side by side, so the root is the repository.
  entrypoint: 'lib/src/index.js',
  tsconfig: {
    compilerOptions: {
      rootDir: '.',
      outDir: 'lib',
      // The sources are packed nowhere, so maps would only triple the package.
      sourceMap: false,
      inlineSourceMap: false,
      inlineSources: false,
    },
    include: ['imports/**/*.ts'],
  },
  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', 'examples', 'bench', 'tools'],
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    jestConfig: {
      collectCoverage: false,
      moduleNameMapper: { '^cdk8s-storage$': '<rootDir>/src' },
      // test/api needs an API server: `npm run test:api`; test/e2e a cluster: `npm run test:e2e` (but `npm run test:ceph`, which installs a Ceph); test/servers installs an NFS server: `npm run test:servers`; test/upstream Go and its module proxy: `npm run test:upstream`
      testPathIgnorePatterns: ['/node_modules/', '/test/api/', '/test/api-operator/', '/test/e2e/', '/test/servers/', '/test/upstream/', '/dist/'],
      modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/lib/'],
      coveragePathIgnorePatterns: ['/node_modules/', '/imports/'],
    },
  },

  sampleCode: false,
  buildWorkflow: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  readme: { filename: 'README.md' },
  githubOptions: { mergify: false, workflows: false, pullRequestLint: false },
  gitignore: ['/lib/', 'dist/', '/.jsii', 'tsconfig.tsbuildinfo', '__pycache__/'],
});

for (const pattern of ['/imports/**/*.ts', '/test/', '/examples/', '/bench/', '/tools/', '/.ci/', '/.projenrc.ts', '/projenrc/', '/CONTRIBUTING.md', '!/imports/crds/*.json', '!/imports/runtime/*.js', '!/imports/libraries/*.js', '!/NOTICE']) {
  project.addPackageIgnore(pattern);
}

// 1.13.0 has bindings that not every registry serves, and `npm ci` wants all of them in the lock file.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

// jsii compiles by our tsconfig.json; jsii-rosetta still reads this older block to map lib/ back to src/.
project.package.addField('types', 'lib/src/index.d.ts');
project.package.manifest.jsii.tsc = { outDir: 'lib', rootDir: '.' };

// Compiling: a jsii warning is an error.
project.compileTask.env('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');
project.compileTask.reset('jsii --silence-warnings=reserved-word --fail-on-warnings');

// Tests and examples are read by the names a user would type.
const testConfig = project.tryFindObjectFile('test/tsconfig.json')!;
testConfig.addOverride('compilerOptions.paths', { 'cdk8s-storage': ['../src'] });
testConfig.addOverride('compilerOptions.isolatedModules', true);
testConfig.addOverride('compilerOptions.rootDir', '..');
testConfig.addOverride('compilerOptions.sourceMap', true); // for the line numbers of failures
testConfig.addOverride('include', ['**/*.ts', '../examples/**/*.ts', '../bench/**/*.ts', '../tools/**/*.ts']);

/** Of large files of definitions, the kinds that are written here; tools/slim-crds.ts says why. */
const SLIM: Record<string, string[]> = {
  'ceph-csi-operator-v1.0.4.json': ['OperatorConfig', 'Driver', 'CephConnection', 'ClientProfile', 'ClientProfileMapping'],
  'csi-addons-v0.14.0.json': ['ReclaimSpaceCronJob', 'EncryptionKeyRotationCronJob', 'NetworkFenceClass', 'VolumeReplicationClass', 'VolumeReplication'],
  'rook-v1.20.6.json': ['CephCluster', 'CephBlockPool', 'CephBlockPoolRadosNamespace', 'CephFilesystem', 'CephFilesystemSubVolumeGroup', 'CephRBDMirror', 'CephFilesystemMirror'],
};

// L1s for what cdk8s-plus-27 does not know, from the pinned JSON in imports/crds/.
const importTask = project.addTask('import', { description: 'Generates imports/*.ts from the pinned CRDs in imports/crds/, and imports/runtime/ from src/runtime/' });
for (const file of readdirSync('imports/crds').sort()) {
  const kinds = SLIM[file];
  if (kinds) {
    importTask.exec(`tsx tools/slim-crds.ts imports/crds/${file} ${kinds.join(',')}`);
  }
  importTask.exec(`cdk8s import --language typescript --no-save ${kinds ? 'node_modules/.cache' : 'imports'}/crds/${file} --output imports`);
}
// The kind of an example, as a construct.
importTask.exec('tsx --tsconfig test/tsconfig.json tools/storage-definition.ts');
// What runs in the cluster, as one file that a reviewer can read.
importTask.exec('esbuild src/runtime/snapshot-runner/main.ts --bundle --platform=node --target=node22 --format=cjs --charset=utf8 --legal-comments=none --log-level=warning --outfile=imports/runtime/snapshot-runner.js');

// A library that is no jsii module, as one file: it is read only when a rule in CEL is.
importTask.exec('esbuild tools/cel.mjs --bundle --platform=node --target=node20 --format=cjs --charset=utf8 --legal-comments=inline --log-level=warning --outfile=imports/libraries/cel.js');

// The two commands of the README, and what CI adds to them.
const script = (name: string, command: string) => project.package.setScript(name, command);
script('demo', 'tsx --tsconfig test/tsconfig.json tools/demo.ts');
script('findings-doc', 'tsx tools/findings-doc.ts');
script('bench', 'tsx bench/main.ts');
const apart = (folder: string, files = '**/*') => `jest --ci --testPathIgnorePatterns /node_modules/ --testMatch "**/test/${folder}/${files}.test.ts" --runInBand`;
script('test:api', apart('api'));
script('test:api:matrix', 'bash tools/matrix.sh');
script('test:upstream', apart('upstream'));
script('test:operator', apart('api-operator'));
script('test:e2e', apart('e2e', 'e2e'));
script('test:ceph', apart('e2e', 'ceph'));
script('test:e2e:servers', apart('e2e', 'servers'));
script('test:servers', `bash tools/servers.sh ${apart('servers')}`);
project.testTask.reset('projen compile');
project.testTask.spawn(project.tasks.tryFind('docgen')!);
project.testTask.exec('tsc --noEmit -p test/tsconfig.json');
project.testTask.spawn(project.tasks.tryFind('eslint')!);
project.testTask.exec('jest --ci', { receiveArgs: true });

// Imports go in one direction only (a wrong one fails the lint).
const ALL = Object.keys(ROOMS);
project.eslint!.addRules({
  '@stylistic/object-property-newline': ['off'],
  '@stylistic/max-len': ['error', { code: 180, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreUrls: true, ignoreComments: true }],
  'import/no-cycle': ['error'],
  'import/no-restricted-paths': ['error', {
    zones: [
      ...Object.entries(ROOMS).flatMap(([room, allowed]) => ALL
        .filter(other => other !== room && !allowed.includes(other))
        .map(other => ({ target: `./src/${room}`, from: `./src/${other}`, message: `${room}/ may import only: ${allowed.join(', ') || 'nothing'}` }))),
      { target: './imports', from: './src', message: 'imports/ is generated and imports nothing of ours' },
    ],
  }],
});
// Examples, tests and tools find 'cdk8s-storage' through the paths of test/tsconfig.json.
project.tryFindObjectFile('.eslintrc.json')!.addOverride('settings.import/resolver.typescript.project', ['./test/tsconfig.json', './tsconfig.json']);
project.tryFindObjectFile('.eslintrc.json')!.addOverride('settings.import/resolver.typescript.noWarnOnMultipleProjects', true);
project.eslint!.addOverride({
  files: ['test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'tools/**/*.ts'],
  rules: { 'import/no-extraneous-dependencies': 'off' },
} as any);
project.eslint!.addOverride({
  files: ['examples/**/*.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group: ['..*'], message: "an example imports 'cdk8s-storage' by name, as its reader would" }] }] },
});

// Generated, as imports/ is.
project.eslint!.addIgnorePattern('examples/*/imports/');

project.synth();
