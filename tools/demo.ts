import { readFileSync } from 'fs';
import { join, relative } from 'path';

// `npm run demo`: synthesizes the quickstart and shows what came of it.
const started = process.hrtime.bigint();
const outdir = 'dist/quickstart';
process.env.CDK8S_OUTDIR = outdir;

async function main() {
  const { Names } = await import('cdk8s');
  const { FindingLevel, Findings } = await import('cdk8s-storage');
  const { app } = await import('../examples/quickstart/main');

  const rows = app.charts.map(chart => {
    const file = `${Names.toDnsLabel(chart)}.k8s.yaml`;
    const objects = readFileSync(join(outdir, file), 'utf8').split(/^---$/m).length;
    return { file, objects, findings: Findings.of(chart).list().length };
  });
  const width = Math.max(...rows.map(row => row.file.length)) + 2;
  const line = (file: string, objects: string | number, findings: string | number) =>
    console.log(file.padEnd(width) + String(objects).padStart(7) + String(findings).padStart(10));
  line('file', 'objects', 'findings');
  rows.forEach(row => line(row.file, row.objects, row.findings));

  const errors = Findings.of(app).list().filter(finding => finding.level === FindingLevel.ERROR).length;
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(`\n${relative('.', outdir)}: ${rows.reduce((sum, row) => sum + row.objects, 0)} objects, ${errors} errors, in ${seconds.toFixed(1)} s`);
  console.log(`kubectl apply -f ${relative('.', outdir)}`);
}

void main();
