import { join } from 'path';
import { Chart } from 'cdk8s';
import * as ts from 'typescript';
import { ROOT } from './docs/markdown';

/** What a user pastes of a fix: the imports, an empty line, the statements. */
export function pasted(fix: string): string {
  const [, code] = /^(import .*?\n\n.*?;)$\n\n/ms.exec(`${fix}\n\n`) ?? [];
  if (code === undefined) {
    throw new Error(`there is no code in: ${fix}`);
  }
  return code;
}

/** What the compiler has against pieces of code, as they are pasted into a file with a chart. */
export function complaints(codes: Readonly<Record<string, string>>): string[] {
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'test', 'tsconfig.json'), {}, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: diagnostic => { throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')); },
  })!;
  const files = new Map(Object.entries(codes).map(([name, code], index) => [
    join(__dirname, `pasted-${index}.ts`), { name, text: `import { Chart } from 'cdk8s';\n${code}\ndeclare const chart: Chart;\n` },
  ]));
  const host = ts.createCompilerHost(config.options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = file => files.has(file) || fileExists(file);
  host.readFile = file => files.get(file)?.text ?? readFile(file);
  host.getSourceFile = (file, target, ...rest) => (files.has(file) ? ts.createSourceFile(file, files.get(file)!.text, target) : getSourceFile(file, target, ...rest));
  const checked = ts.createProgram([...files.keys()], config.options, host);
  return [...files].flatMap(([file, { name }]) => ts.getPreEmitDiagnostics(checked, checked.getSourceFile(file)).map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`));
}

/** Runs a piece of code in a chart, and returns the chart. @param filled what can only be filled in by hand, by what stands for it */
export function run(code: string, chart: Chart, filled: Readonly<Record<string, string>> = {}): Chart {
  const complete = Object.entries(filled).reduce((text, [placeholder, value]) => text.replaceAll(`'${placeholder}'`, `'${value}'`), code);
  const { outputText } = ts.transpileModule(complete, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true } });
  // `require` finds 'cdk8s-storage' as in every test.
  new Function('require', 'exports', 'chart', outputText)(require, {}, chart);
  return chart;
}
