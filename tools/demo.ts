/* eslint-disable import/order -- the example creates its app, and with it the output folder, when it is imported */
import { readFileSync } from 'fs';
import { join } from 'path';
import { performance } from 'perf_hooks';
import { outdir } from './demo-outdir';
import { Names } from 'cdk8s';
import { Finding, FindingLevel, Findings } from 'cdk8s-storage';
import { app } from '../examples/quickstart/main';

// `npm run demo`: synthesizes the quickstart and shows what came of it.

const rows = app.charts.map(chart => {
  const file = `${Names.toDnsLabel(chart)}.k8s.yaml`;
  return { file, objects: readFileSync(join(outdir, file), 'utf8').split(/^---$/m).length, findings: Findings.of(chart).list().length };
});
const width = Math.max(...rows.map(row => row.file.length)) + 2;
const print = (file: string, objects: string | number, findings: string | number) =>
  console.log(file.padEnd(width) + `${objects}`.padStart(7) + `${findings}`.padStart(10));
print('file', 'objects', 'findings');
rows.forEach(row => print(row.file, row.objects, row.findings));

const all: Finding[] = Findings.of(app).list();
const errors = all.filter(finding => finding.level === FindingLevel.ERROR).length;
const objects = rows.reduce((sum, row) => sum + row.objects, 0);
console.log(`\n${outdir}: ${objects} objects, ${errors} errors, ${all.length - errors} warnings, in ${(performance.now() / 1000).toFixed(1)} s`);
console.log(`Apply it: kubectl apply -f ${outdir}`);
