import { Cases } from './case';

export const CEPH_AUTH_CASES: Cases = {};
