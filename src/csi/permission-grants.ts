import { Construct } from 'constructs';
import { CsiPermission } from './csi-permission';
import { Grant, isVerb, VERBS } from './rbac';
import { CSI_RULES } from './rules';
import { fail } from '../findings/report';
import { isSubdomain, shown } from '../manifest/validate';

/** Rows of a permission table. CSI013 */
export function permissionGrants(scope: Construct, what: string, permissions: readonly CsiPermission[] = [], ownNamespace: boolean): Grant<never>[] {
  return permissions.map(permission => checkPermission(scope, what, permission)).filter(permission => (permission.ownNamespace ?? false) === ownNamespace)
    .map(({ apiGroup, resource, verbs, resourceNames }) => ({ group: apiGroup ?? '', resource, verbs, names: resourceNames?.length ? resourceNames : undefined }));
}

const isNames = (names: unknown) => Array.isArray(names) && names.every(name => typeof name === 'string' && /^[^\s/]+$/.test(name));

function checkPermission(scope: Construct, what: string, permission: CsiPermission): CsiPermission {
  const { apiGroup, resource, verbs, resourceNames } = permission;
  const stranger = verbs?.find(verb => !isVerb(verb));
  const problem = apiGroup !== undefined && apiGroup !== '' && !isSubdomain(apiGroup) ? `there is no API group ${shown(apiGroup)}`
    : !/^[a-z][a-z0-9]*(\/[a-z]+)?$/.test(resource ?? '') ? `there is no resource ${shown(resource)}`
      : !verbs?.length ? 'it has no verbs'
        : stranger !== undefined ? `there is no verb ${shown(stranger)}`
          : !isNames(resourceNames ?? []) ? 'its resourceNames are no names' : undefined;
  if (problem) {
    fail(scope, CSI_RULES.CSI013, { what, problem, expected: `write what is asked, one by one: { resource: 'nodes', verbs: ['get'] }; verbs are ${VERBS.join(', ')}` });
  }
  return permission;
}
