import { CsiDriver, CsiSidecars, Findings } from '../../src';
import { CONTROLLER_SIDECARS, LIVENESS, REGISTRAR } from '../../src/csi/sidecars';
import { testChart, thrown } from '../support';

function install(sidecars: CsiSidecars) {
  return new CsiDriver(testChart(), 'Driver', { driverName: 'csi.example.com', image: 'example.com/driver:v1', capabilities: { attach: true }, sidecars });
}

test.each<[string, CsiSidecars, string]>([
  ['a misspelt flag', { provisioner: { extraArgs: ['--strict-topolgy=true'] } }, 'csi-provisioner v6.3.0 has no flag --strict-topolgy and would not start; it has --strict-topology'],
  ['a flag that is like no other', { provisioner: { extraArgs: ['--enable-volume-group-snapshots'] } }, 'csi-provisioner v6.3.0 has no flag --enable-volume-group-snapshots and would not start'],
  ['one dash, which some parsers take for letters', { livenessProbe: { extraArgs: ['-metrics-path=/m'] } }, "the argument '-metrics-path=/m' has one dash, which csi-provisioner takes for a row of letters"],
  ['gates where none are written', { attacher: { extraArgs: ['--feature-gates=A=true'] } }, "the argument '--feature-gates=A=true' switches on what may need permissions and CRDs that only a capability brings; gates follow from the capabilities and the Kubernetes release"],
  ['gates where some are written', { provisioner: { extraArgs: ['--feature-gates=A=true'] } }, "the argument '--feature-gates=A=true' is one that the library writes, where it is needed"],
  ['an endpoint that monitoring writes', { attacher: { extraArgs: ['--http-endpoint=:80'] } }, "the argument '--http-endpoint=:80' is one that the library writes, where it is needed"],
])('%s is refused for its own reason', (_, sidecars, problem) => {
  expect(thrown(() => install(sidecars))?.message).toBe(`sidecars.${Object.keys(sidecars)[0]}: ${problem}`);
});

test.each<[CsiSidecars, string]>([
  [{ provisioner: { extraArgs: ['--strict-topolgy=true'] } }, 'write --strict-topology'],
  [{ livenessProbe: { extraArgs: ['-metrics-path=/m'] } }, "write '--metrics-path=/m'"],
  [{ provisioner: { extraArgs: ['--enable-volume-group-snapshots'] } }, 'leave it out; '],
])('%j is told what to write', (sidecars, fix) => {
  expect(thrown(() => install(sidecars))?.fix).toContain(fix);
});

test('flags of another release are not known, and of a digest it is not known whether it is one', () => {
  const extraArgs = ['--own-flag'];
  const other = install({ provisioner: { image: 'own/csi-provisioner:v7.0.0', extraArgs } });
  expect(Findings.of(other).list().map(finding => finding.code)).toEqual(['CSI016']);
  expect(Findings.of(other).unchecked().map(rule => rule.code)).not.toContain('CSI014');
  const digest = install({ provisioner: { image: `own/csi-provisioner@sha256:${'a'.repeat(64)}`, extraArgs } });
  expect(Findings.of(digest).unchecked()).toContainEqual({ code: 'CSI014', path: 'chart/Driver', missing: 'the release of sidecars.provisioner.image: a tag beside the digest' });
});

test('the number of workers is set by a flag that the release has', () => {
  expect(CONTROLLER_SIDECARS.filter(row => row.workersFlag !== undefined && !row.knownFlags.includes(row.workersFlag))).toEqual([]);
  expect([REGISTRAR, LIVENESS].every(({ knownFlags }) => knownFlags.includes('csi-address'))).toBe(true);
});
