import { Construct } from 'constructs';
import { checkCount, given, malformed } from './checks';
import { moverSpec } from './mover';
import { VolSyncRestoreOptions } from './volsync-restore-options';
import { checkSubdomain, shown } from '../../manifest/validate';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

export const DESTINATION = { kind: 'ReplicationDestination', group: 'volsync.backube' };

/** A ReplicationDestination that restores once. @param target where to */
export function restoreManifest(scope: Construct, namespace: string | undefined, props: VolSyncRestoreOptions, target: object): object {
  const { restoreAsOf, token = 'restore-once' } = props;
  if (restoreAsOf !== undefined && (typeof restoreAsOf !== 'string' || !TIME.test(restoreAsOf) || Number.isNaN(Date.parse(restoreAsOf)))) {
    malformed(scope, 'restoreAsOf', `${shown(restoreAsOf)} is no time of RFC 3339`, "with a T and a zone: '2026-11-24T03:00:00Z'");
  }
  if (typeof token !== 'string' || token === '') {
    malformed(scope, 'token', `it is ${shown(token)}`, "any text: token: 'restore-once'");
  }
  return {
    apiVersion: `${DESTINATION.group}/v1alpha1`,
    kind: DESTINATION.kind,
    metadata: { name: checkSubdomain(scope, 'the name of the restore', props.name), namespace },
    spec: {
      trigger: { manual: token },
      restic: {
        repository: checkSubdomain(scope, 'the Secret of the repository', props.repository),
        ...target,
        ...given({ restoreAsOf, previous: checkCount(scope, 'previous', props.previous, 'a whole number: previous: 1') }),
        ...moverSpec(scope, props),
        cleanupCachePVC: true,
      },
    },
  };
}
