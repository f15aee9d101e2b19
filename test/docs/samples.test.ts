import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as ts from 'typescript';
import { brokenLinks, pages, ROOT, Sample, samples } from './markdown';
import { stderr } from '../support';

// The samples of our pages are compiled and run as they stand there.

const SAMPLED = pages().filter(page => /^(README|CONTRIBUTING|docs\/.+)\.md$/.test(page));
const SAMPLES = SAMPLED.flatMap(samples);

/** What the compiler has against the samples, by their places. */
function complaints(): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'test', 'tsconfig.json'), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: diagnostic => { throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')); },
  })!;
  const files = new Map(SAMPLES.map((sample, index) => [join(__dirname, `sample-${index}.ts`), sample]));
  const host = ts.createCompilerHost(config.options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = file => files.has(file) || fileExists(file);
  host.readFile = file => files.get(file)?.code ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => (files.has(file) ? ts.createSourceFile(file, files.get(file)!.code, target) : getSourceFile(file, target, ...rest));
  const program = ts.createProgram([...files.keys()], config.options, host);
  return [...files].flatMap(([file, sample]) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(diagnostic => {
    const line = diagnostic.file!.getLineAndCharacterOfPosition(diagnostic.start!).line;
    return `${sample.place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')} <= ${sample.code.split('\n')[line]}`;
  }));
}

/** Runs a sample; an app that it builds but does not synthesize is synthesized here. */
function run(sample: Sample): void {
  const code = /\bapp\.synth/.test(sample.code) || !/\bconst app\b/.test(sample.code) ? sample.code : `${sample.code}\napp.synth();\n`;
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true } });
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-storage-docs-'));
  process.env.CDK8S_OUTDIR = outdir;
  const log = jest.spyOn(console, 'log').mockReturnValue();
  try {
    // `require` finds 'cdk8s-storage' as in every test.
    new Function('require', 'module', 'exports', outputText)(require, { exports: {} }, {});
  } finally {
    log.mockRestore();
    delete process.env.CDK8S_OUTDIR;
    rmSync(outdir, { recursive: true });
  }
}

const codesIn = (text: string) => [...new Set(text.match(/\b[A-Z]{3,4}\d{3}(?=[ :])/g) ?? [])].sort();

test('every sample is a complete module that compiles', () => {
  expect(SAMPLES.length).toBeGreaterThan(5);
  expect(complaints()).toEqual([]);
}, 120_000);

test.each(SAMPLES)('$place runs, and ends and warns as it says', sample => {
  let error: unknown;
  const printed = stderr(() => {
    try {
      run(sample);
    } catch (thrown) {
      error = thrown;
    }
  });
  if (sample.throws.length === 0 && error !== undefined) {
    throw error;
  }
  const message = error === undefined ? '' : (error as Error).message;
  expect(codesIn(message)).toEqual(sample.throws);
  expect(codesIn(printed)).toEqual(sample.warns);
}, 60_000);

test.each(pages())('%s links to what exists', page => {
  expect(brokenLinks(page)).toEqual([]);
});
