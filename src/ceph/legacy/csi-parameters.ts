import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { CephKind, classText } from './class-code';
import { CEPH_LEGACY_RULES } from './rules';
import { ClassFacts, LegacyClass, legacyClass } from '../../csi/driver-profile';
import { RESERVED } from '../../csi/secret-reference';
import { fail } from '../../findings/report';

/** Parameters that the programs before ceph-csi had, in small letters. */
const OLD = ['monitors', 'adminid', 'adminsecretname', 'adminsecretnamespace', 'userid', 'usersecretname', 'usersecretnamespace', 'imageformat', 'claimroot', 'deterministicnames'];

/**
 * What to write instead of a class of ceph-csi that has parameters of the programs before it; nothing where it has none.
 *
 * @param parameters all of them, those of the sidecars too
 */
export function describeCsiParameters(kind: CephKind, name: string, parameters: Readonly<Record<string, string>>, more: Partial<LegacyClass> = {}): string | undefined {
  const isOld = Object.keys(parameters).some(key => OLD.includes(key.toLowerCase()));
  return isOld ? classText(kind, { provisioner: `${kind}.csi.ceph.com`, mountOptions: [], expansion: false, isDefault: false, ...more, name, parameters }, true) : undefined;
}

/** CEPH091 */
export function refuseMonitors(scope: IConstruct, kind: CephKind, { name, parameters, reserved, mountOptions, expansion }: ClassFacts): void {
  if (Object.keys(parameters).some(key => key.toLowerCase() === 'monitors')) {
    const all = { ...parameters, ...Object.fromEntries(Object.entries(reserved).map(([key, value]) => [`${RESERVED}${key}`, value])) };
    // Only the manifest tells what was said from what Kubernetes adds.
    const written = ApiObject.isApiObject(scope) ? legacyClass(scope.toJson()) : { mountOptions, expansion };
    fail(scope, CEPH_LEGACY_RULES.CEPH091, { mapping: describeCsiParameters(kind, name, all, written)! });
  }
}
