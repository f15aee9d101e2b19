import { Cases } from './case';

export const CEPH_KMS_CASES: Cases = {};
