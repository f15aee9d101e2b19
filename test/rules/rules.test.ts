import { App } from 'cdk8s';
import { Build, Cases, hasPlace } from './case';
import { CEPH_ADDONS_CASES } from './ceph-addons.cases';
import { CEPH_AUTH_CASES } from './ceph-auth.cases';
import { CEPH_IMAGE_CASES } from './ceph-image.cases';
import { CEPH_KMS_CASES } from './ceph-kms.cases';
import { CEPH_LEGACY_CASES } from './ceph-legacy.cases';
import { CEPH_OPERATOR_CASES } from './ceph-operator.cases';
import { CEPH_ROOK_CLUSTER_CASES } from './ceph-rook-cluster.cases';
import { CEPH_ROOK_OPERATOR_CASES } from './ceph-rook-operator.cases';
import { CEPH_CASES } from './ceph.cases';
import { CSI_CASES } from './csi.cases';
import { FINDINGS_CASES } from './findings.cases';
import { GANESHA_CASES } from './ganesha.cases';
import { GLUSTER_GATEWAY_CASES } from './gluster-gateway.cases';
import { GLUSTER_LEGACY_CASES } from './gluster-legacy.cases';
import { GLUSTER_CASES } from './gluster.cases';
import { MANIFEST_CASES } from './manifest.cases';
import { NFS_SERVER_CASES } from './nfs-server.cases';
import { NFS_CASES } from './nfs.cases';
import { OPERATOR_RESOURCE_CASES } from './operator-resource.cases';
import { OPERATOR_CASES } from './operator.cases';
import { PLATFORM_CASES } from './platform.cases';
import { SNAPSHOT_BACKUP_CASES } from './snapshot-backup.cases';
import { SNAPSHOT_POLICY_CASES } from './snapshot-policy.cases';
import { RESTORE_CASES } from './snapshot-restore.cases';
import { SNAPSHOT_CASES } from './snapshot.cases';
import { VOLUME_CASES } from './volume.cases';
import { Finding, FindingLevel, Findings } from '../../src';
import { FindingError } from '../../src/findings/report';
import { allRules } from '../../src/findings/rule';
import { stderr } from '../support';

const ROOMS: Record<string, Cases> = {
  findings: FINDINGS_CASES, platform: PLATFORM_CASES, manifest: MANIFEST_CASES, csi: CSI_CASES, volume: VOLUME_CASES,
  nfs: { ...NFS_CASES, ...NFS_SERVER_CASES }, ganesha: GANESHA_CASES,
  snapshot: { ...SNAPSHOT_CASES, ...SNAPSHOT_BACKUP_CASES, ...SNAPSHOT_POLICY_CASES, ...RESTORE_CASES },
  ceph: {
    ...CEPH_ADDONS_CASES, ...CEPH_AUTH_CASES, ...CEPH_CASES, ...CEPH_IMAGE_CASES, ...CEPH_KMS_CASES, ...CEPH_LEGACY_CASES,
    ...CEPH_OPERATOR_CASES, ...CEPH_ROOK_CLUSTER_CASES, ...CEPH_ROOK_OPERATOR_CASES,
  },
  gluster: { ...GLUSTER_CASES, ...GLUSTER_GATEWAY_CASES, ...GLUSTER_LEGACY_CASES },
  operator: { ...OPERATOR_CASES, ...OPERATOR_RESOURCE_CASES },
};
const CASES: Cases = Object.assign({}, ...Object.values(ROOMS));

/** What is found, whether it is thrown at once or at synth, and whether anything is synthesized. */
function outcome(build: Build): { readonly findings: Finding[]; readonly stops: boolean } {
  try {
    const { root } = build().node;
    const findings = Findings.of(root).list().filter(finding => finding.acknowledged === undefined);
    let stops = false;
    stderr(() => {
      try {
        (root as App).synthYaml();
      } catch {
        stops = true;
      }
    });
    return { findings, stops };
  } catch (error) {
    if (error instanceof FindingError) {
      return { findings: [error.finding], stops: true };
    }
    throw error;
  }
}

test('every rule has a case that trips it and a neighbour that does not, and no case is left of a rule that is gone', () => {
  const complete = Object.keys(CASES).filter(code => Object.keys(CASES[code].trips).length > 0 && Object.keys(CASES[code].passes).length > 0);
  expect(complete.sort()).toEqual(allRules().map(rule => rule.code));
});

test('every case is in the file of its rule\'s room', () => {
  expect(allRules().map(({ code, room }) => [code, code in ROOMS[room]])).toEqual(allRules().map(({ code }) => [code, true]));
});

for (const rule of allRules()) {
  const { trips, passes } = CASES[rule.code] ?? { trips: {}, passes: {} };
  describe(`${rule.code}: ${rule.check}`, () => {
    for (const [name, build] of Object.entries(trips)) {
      test(`refuses ${name}`, () => {
        const { findings, stops } = outcome(build);
        expect([...new Set(findings.map(finding => finding.code))]).toEqual([rule.code]);
        expect(stops).toBe(rule.level === FindingLevel.ERROR);
        for (const finding of findings) {
          expect(finding.level).toBe(rule.level);
          expect(finding.path !== '').toBe(hasPlace(build));
          for (const text of [finding.message, finding.fix, finding.reference]) {
            expect(text.trim()).not.toBe('');
            // What is left in braces are the tokens of a subDir and objects in code.
            expect(text.replace(/\$\{/g, '')).not.toMatch(/\{\w+\}|undefined|\[object/);
          }
        }
      });
    }
    for (const [name, build] of Object.entries(passes)) {
      test(`accepts ${name}`, () => {
        expect(outcome(build)).toEqual({ findings: [], stops: false });
      });
    }
  });
}
