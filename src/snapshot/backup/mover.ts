import { Construct } from 'constructs';
import { checkCount, given, malformed } from './checks';
import { MoverSecurityContext, RepositoryAuthority, VolSyncMoverOptions } from './volsync-options';
import { checkSubdomain, quantity } from '../../manifest/validate';
import { checkClassHandedOver } from '../../volume/checks';

const IDS = ['runAsUser', 'runAsGroup', 'fsGroup'] as const;
const USER = 'moverSecurityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 }';

/** What the mover is told, for backups and restores. */
export function moverSpec(scope: Construct, options: VolSyncMoverOptions): object {
  const { cacheCapacity, cacheStorageClass, moverSecurityContext, moverServiceAccount, authority } = options;
  checkClassHandedOver(scope, cacheStorageClass);
  return given({
    cacheCapacity: cacheCapacity && quantity(scope, 'cacheCapacity', cacheCapacity),
    cacheStorageClassName: cacheStorageClass?.storageClassName,
    customCA: authority && customCa(scope, authority),
    moverSecurityContext: moverSecurityContext && securityContext(scope, moverSecurityContext),
    moverServiceAccount: moverServiceAccount === undefined ? undefined : checkSubdomain(scope, 'moverServiceAccount', moverServiceAccount),
  });
}

function customCa(scope: Construct, { secretName, configMapName, key = 'ca.crt' }: RepositoryAuthority): object {
  if ((secretName === undefined) === (configMapName === undefined)) {
    malformed(scope, 'authority', 'it needs one of secretName and configMapName', "authority: { secretName: 'minio-ca' }");
  }
  if (typeof key !== 'string' || !/^[-._a-zA-Z0-9]+$/.test(key)) {
    malformed(scope, 'the key of authority', 'no Secret or ConfigMap can have it', "key: 'ca.crt'");
  }
  const [what, value] = secretName === undefined ? ['configMapName', configMapName!] : ['secretName', secretName];
  return { [what]: checkSubdomain(scope, `the ${what} of authority`, value), key };
}

function securityContext(scope: Construct, context: MoverSecurityContext): object {
  IDS.forEach(id => checkCount(scope, `${id} of moverSecurityContext`, context[id], `a number: ${USER}`));
  const { runAsUser, runAsGroup, fsGroup, supplementalGroups, runAsNonRoot } = context;
  supplementalGroups?.forEach(group => checkCount(scope, 'a group of supplementalGroups', group ?? NaN, 'a number: supplementalGroups: [1000]'));
  return given({ runAsUser, runAsGroup, fsGroup, supplementalGroups, runAsNonRoot });
}
