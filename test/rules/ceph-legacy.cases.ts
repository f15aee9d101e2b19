import { Cases } from './case';

export const CEPH_LEGACY_CASES: Cases = {};
