import { mkdirSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { ROOT, Sample } from './markdown';
import { run } from '../kubectl';

/** Runs the app of a page in a folder of its own, as its reader does, and returns where it writes. */
export function synthesizeSample({ code }: Sample, folder: string): string {
  mkdirSync(folder);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'main.ts'), /\bapp\.synth/.test(code) ? code : `${code}\napp.synth();\n`);
  run(join(ROOT, 'node_modules', '.bin', 'tsx'), ['--tsconfig', join(ROOT, 'test', 'tsconfig.json'), 'main.ts'], { cwd: folder });
  return join(folder, 'dist');
}
