import { CephKmsProvider } from './ceph-kms-provider';
import { KMS_PROVIDERS, KmsValues } from './kms-providers';
import { CEPH_KMS_RULES } from './rules';
import { fail } from '../../findings/report';
import { shown } from '../../manifest/validate';

interface KmsFacts {
  readonly provider: CephKmsProvider;
  /** The settings that were given; none of them is null. */
  readonly values: KmsValues;
}

// By the object alone: the class itself describes its objects here.
const facts = new WeakMap<object, KmsFacts>();

/** What a key management system was described by; nothing where only its id is known. */
export function kmsFacts(kms: object): KmsFacts | undefined {
  return facts.get(kms);
}

/** Describes a key management system. CEPH060 */
export function describeKms(kms: { readonly id: string }, provider: CephKmsProvider, given: object): void {
  const { settings } = KMS_PROVIDERS[provider];
  const values = Object.fromEntries(Object.entries(given).filter(([name, value]) => name in settings && value !== undefined && value !== null));
  for (const [name, { form, required }] of Object.entries(settings)) {
    const value = values[name];
    if (value === undefined ? required : !form.fits(value)) {
      refuseKms(`${name} of the key management system '${kms.id}'`, value, value === undefined ? 'it is missing' : form.problem, form.expected);
    }
  }
  const partner = [['clientCertificateSecretName', 'clientKeySecretName'], ['clientKeySecretName', 'clientCertificateSecretName'], ['secretNamespace', 'secretName']]
    .find(([one, other]) => values[one] !== undefined && other in settings && values[other] === undefined);
  if (partner) {
    const [one, other] = partner;
    refuseKms(`${one} of the key management system '${kms.id}'`, values[one], `it means nothing without ${other}`, `give it ${other}, or leave both out`);
  }
  facts.set(kms, { provider, values });
}

/** CEPH060 */
export function refuseKms(what: string, value: unknown, problem: string, expected: string): never {
  return fail(undefined, CEPH_KMS_RULES.CEPH060, { what, value: shown(value), problem, expected });
}
