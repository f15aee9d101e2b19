import { mkdirSync, readFileSync, writeFileSync } from 'fs';
import { basename } from 'path';

// Makes of a file in imports/crds/ the one that `cdk8s import` reads: only the kinds that are written here, and of Kubernetes' own types within them (affinity, volumes, probes …) no more
// than that they are objects. With all of them the L1s of Rook and of the ceph-csi-operator would be ten times as large, and this package with them.

/** Fields that are handed on as they are given. */
const OPAQUE = new Set([
  'affinity', 'nodeAffinity', 'podAffinity', 'podAntiAffinity', 'tolerations', 'topologySpreadConstraints', 'volumes', 'resources', 'livenessProbe', 'startupProbe',
  'volumeClaimTemplate', 'volumeClaimTemplates', 'updateStrategy', 'deploymentStrategy', 'env',
]);

const ANYTHING = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };
const opaque = ({ type }: any) => (type === 'array' ? { type, items: ANYTHING } : ANYTHING);

function slim(schema: any): any {
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const { properties, items, additionalProperties, ...rest } = schema;
  return {
    ...rest,
    ...(properties && { properties: Object.fromEntries(Object.entries<any>(properties).map(([name, property]) => [name, OPAQUE.has(name) ? opaque(property) : slim(property)])) }),
    ...(items && { items: slim(items) }),
    ...(additionalProperties && { additionalProperties: slim(additionalProperties) }),
  };
}

/** A definition without the status, which nobody writes. */
function slimDefinition(definition: any): any {
  const versions = definition.spec.versions.map((version: any) => {
    const { openAPIV3Schema } = version.schema;
    const { status: _, ...properties } = openAPIV3Schema.properties;
    return { ...version, schema: { openAPIV3Schema: slim({ ...openAPIV3Schema, properties }) } };
  });
  return { ...definition, spec: { ...definition.spec, versions } };
}

const [file, kinds] = process.argv.slice(2);
const list = JSON.parse(readFileSync(file, 'utf8'));
const items = list.items.filter((definition: any) => kinds.split(',').includes(definition.spec.names.kind)).map(slimDefinition);
mkdirSync('node_modules/.cache/crds', { recursive: true });
writeFileSync(`node_modules/.cache/crds/${basename(file)}`, JSON.stringify({ ...list, items }));
