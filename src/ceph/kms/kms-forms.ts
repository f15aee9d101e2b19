import { CephVaultBackend } from './vault-kms-options';
import { isSubdomain } from '../../manifest/validate';

/** What a setting of a key management system has to look like, and how it is written. */
export interface KmsForm {
  readonly fits: (value: any) => boolean;
  readonly problem: string;
  readonly expected: string;
  /**
   * How it is written into the configuration. ceph-csi takes strings, and refuses a truth value that is none; only time-outs have to be numbers.
   *
   * @default - as it is
   */
  readonly written?: (value: any) => string | number;
}

const isLine = (value: unknown): value is string => typeof value === 'string' && /^[^\s\p{Cc}](.*[^\s\p{Cc}])?$/u.test(value) && !/\p{Cc}/u.test(value);
const isSeconds = (value: any) => {
  const seconds = typeof value?.toSeconds === 'function' ? value.toSeconds({ integral: false }) : undefined;
  return Number.isInteger(seconds) && seconds >= 0 && seconds <= 255;
};

function isEndpoint(value: unknown): boolean {
  const [, port] = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]):(\d{1,5})$/.exec(`${value}`) ?? [];
  return typeof value === 'string' && Number(port) > 0 && Number(port) < 65536;
}

export const TEXT: KmsForm = { fits: isLine, problem: 'it is no text of one line', expected: 'write it as the key management system shows it' };
/** A word of a path, an id, or a name that is none of Kubernetes. */
export const WORD: KmsForm = {
  fits: value => isLine(value) && !/["\\\s]/.test(value), problem: 'it is no word without blanks and quotes', expected: 'write it as the key management system shows it',
};
export const ADDRESS: KmsForm = {
  fits: value => typeof value === 'string' && /^https?:\/\/[^\s/?#@"\\]+(\/[^\s?#"\\]*)?$/.test(value),
  problem: 'it is no address that begins with https://',
  expected: "such as 'https://kms.example.com:8200'",
};
export const ENDPOINT: KmsForm = { fits: isEndpoint, problem: 'it is no host and port', expected: "write host:port, such as 'kmip.example.com:5696'" };
export const OBJECT: KmsForm = {
  fits: value => isSubdomain(value), problem: 'it is no name that Kubernetes accepts', expected: "use at most 253 lower-case letters, digits, '-' or '.', such as 'ceph-csi-kms'",
};
export const NAMESPACE: KmsForm = {
  fits: value => isSubdomain(value, 63) && !value.includes('.'), problem: 'it is no namespace', expected: "use at most 63 lower-case letters, digits or '-', such as 'ceph-csi'",
};
export const SECRET_KEY: KmsForm = {
  fits: value => typeof value === 'string' && /^[-._A-Za-z0-9]{1,253}$/.test(value), problem: 'it is no key of a Secret', expected: "such as 'vault-ca'",
};
export const FLAG: KmsForm = { fits: value => typeof value === 'boolean', problem: 'it is neither true nor false', expected: 'write true or false, without quotes', written: String };
export const SECONDS: KmsForm = {
  fits: isSeconds, problem: 'it is no number of whole seconds up to 255', expected: 'such as Duration.seconds(10)', written: value => value.toSeconds(),
};
export const BACKEND: KmsForm = {
  fits: value => Object.values(CephVaultBackend).includes(value), problem: 'there is no such key-value store', expected: 'use CephVaultBackend.KV_V2 or KV',
};
