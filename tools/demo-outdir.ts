// Imported before the example, which creates its app when it is imported.
export const outdir = process.env.CDK8S_OUTDIR = 'dist/quickstart';
