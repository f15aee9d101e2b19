import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { malformed } from './checks';
import { checkMetadata } from '../manifest/validate';

/** The nodes that have all these labels, each with one of its values; without labels, every node. */
export function nodeAffinity(scope: Construct, labels?: Readonly<Record<string, readonly string[]>>): k8s.VolumeNodeAffinity | undefined {
  const entries = Object.entries(labels ?? {});
  for (const [label, values] of entries) {
    if (!Array.isArray(values) || values.length === 0) {
      malformed(scope, 'the label of nodeAffinity', label, 'it has no values', "list those that will do: { 'kubernetes.io/hostname': ['node-1'] }");
    }
    values.forEach(value => checkMetadata(scope, { [label]: value }));
  }
  return entries.length === 0 ? undefined : {
    required: { nodeSelectorTerms: [{ matchExpressions: entries.map(([key, values]) => ({ key, operator: 'In', values: [...values] })) }] },
  };
}
