import { Cases } from './case';

export const CEPH_IMAGE_CASES: Cases = {};
