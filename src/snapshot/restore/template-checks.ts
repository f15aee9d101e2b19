import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { RESTORE_RULES } from './rules';
import { report, unchecked } from '../../findings/report';
import { bytesOf } from '../../manifest/bytes';
import { Cluster } from '../../platform/cluster';
import { clusterChecks } from '../../platform/cluster-checks';
import { GitOpsTool } from '../../platform/git-ops-tool';
import { PersistentVolumeClaim } from '../../volume/persistent-volume-claim';

const RESTORES = 'restores of StatefulSets';

/** What a restore says of itself. */
interface Restored extends Construct {
  readonly statefulSet: string;
  readonly templateName: string;
  readonly namespace?: string;
}

interface Noted {
  readonly restore: Restored;
  /** The claims by the numbers of the members. */
  readonly claims: ReadonlyMap<number, PersistentVolumeClaim>;
}

/** Notes a restore, to be held against its StatefulSet. */
export function noteRestore(restore: Restored, claims: ReadonlyMap<number, PersistentVolumeClaim>): void {
  Cluster.of(restore).join(RESTORES, { restore, claims });
}

/** What a claim and a template can differ in without a pod noticing. */
const PROPERTIES: { readonly property: string; readonly of: (spec: any) => unknown; readonly compared?: (value: any) => unknown }[] = [
  { property: 'storageClass', of: spec => spec.storageClassName },
  { property: 'size', of: spec => spec.resources?.requests?.storage, compared: bytesOf },
  { property: 'accessModes', of: spec => [...spec.accessModes ?? []].sort().join(', ') },
];

const modeOf = (spec: any) => spec.volumeMode ?? 'Filesystem';

/** SNP042 to SNP045, for StatefulSets that are in the app, whoever wrote them. */
clusterChecks.push((objects, scope) => {
  for (const { restore, claims } of Cluster.of(scope).members<Noted>(RESTORES)) {
    const place = (namespace: string | undefined) => namespace ?? 'default';
    const statefulSet = objects.find(object => object.kind === 'StatefulSet' && object.name === restore.statefulSet && place(object.metadata.namespace) === place(restore.namespace));
    if (statefulSet) {
      checkOrder(objects, statefulSet, restore, claims);
      compare(statefulSet.toJson().spec ?? {}, restore, claims);
    } else {
      [RESTORE_RULES.SNP043, RESTORE_RULES.SNP044, RESTORE_RULES.SNP045].forEach(rule => unchecked(restore, rule, `the StatefulSet '${restore.statefulSet}': it is not in this app`));
    }
  }
});

/** SNP042: kubectl applies in the order of the file, and a StatefulSet makes the claims that it does not find. GitOps tools and Helm sort by kind. */
function checkOrder(objects: readonly ApiObject[], statefulSet: ApiObject, restore: Restored, claims: ReadonlyMap<number, PersistentVolumeClaim>): void {
  const [first] = claims.values();
  if (Cluster.of(restore).platform.gitOps === GitOpsTool.NONE && objects.indexOf(statefulSet) < objects.indexOf(first.apiObject)) {
    report(restore, RESTORE_RULES.SNP042, {
      name: `'${restore.statefulSet}'`,
      problem: 'its claims are written after it, and kubectl applies in that order: it would make empty ones of these names first',
      expected: `add the restore before the StatefulSet (${statefulSet.node.path})`,
    });
  }
}

function compare(spec: any, restore: Restored, claims: ReadonlyMap<number, PersistentVolumeClaim>): void {
  const name = `'${restore.statefulSet}'`;
  const templates: any[] = [spec.volumeClaimTemplates ?? []].flat();
  const template = templates.find(candidate => candidate?.metadata?.name === restore.templateName);
  if (!template) {
    const names = templates.map(candidate => `'${candidate?.metadata?.name}'`).join(', ');
    report(restore, RESTORE_RULES.SNP042, { name, problem: `it has no claim template '${restore.templateName}'`, expected: names === '' ? 'add the ClaimTemplate to the StatefulSet' : `use one that it has: ${names}` });
    return;
  }
  const facts = { name, template: restore.templateName };
  checkComplete(spec, restore, claims);
  // The claims of a restore differ by their names and, where it is not given, their size.
  for (const claim of claims.values()) {
    const own = claim.apiObject.toJson().spec;
    if (modeOf(own) !== modeOf(template.spec ?? {})) {
      report(claim, RESTORE_RULES.SNP044, { ...facts, claim: claim.claimName, mode: modeOf(own), other: modeOf(template.spec ?? {}) });
    }
    for (const { property, of, compared = (value: unknown) => value } of PROPERTIES) {
      const [value, other] = [of(own), of(template.spec ?? {})];
      if (compared(value) !== compared(other)) {
        report(claim, RESTORE_RULES.SNP045, { ...facts, claim: claim.claimName, property, value: `${value}`, other: `${other ?? 'none'}` });
      }
    }
  }
}

/** SNP043 */
function checkComplete(spec: any, restore: Restored, claims: ReadonlyMap<number, PersistentVolumeClaim>): void {
  const start = Number(spec.ordinals?.start ?? 0);
  const members = Array.from({ length: Number(spec.replicas ?? 1) }, (_, index) => start + index);
  const missing = members.filter(member => !claims.has(member)).map(member => `${restore.statefulSet}-${member}`);
  if (missing.length > 0) {
    report(restore, RESTORE_RULES.SNP043, { name: `'${restore.statefulSet}'`, missing: missing.length > 5 ? `${missing.slice(0, 5).join(', ')} and ${missing.length - 5} more` : missing.join(', ') });
  }
}
