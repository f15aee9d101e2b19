import { KubernetesVersion } from '../../src';
import { code } from '../support';

const { V1_27, V1_35, V1_37 } = KubernetesVersion;

describe('KubernetesVersion', () => {
  test('is compared by number, not by letter', () => {
    expect(V1_27.compareTo(V1_35)).toBeLessThan(0);
    expect(V1_35.compareTo(V1_27)).toBeGreaterThan(0);
    expect(V1_35.compareTo(V1_35)).toBe(0);
  });

  test.each([[V1_35, V1_27, true], [V1_35, V1_35, true], [V1_35, V1_37, false]])('%s is at least %s: %s', (version, other, answer) => {
    expect(version.isAtLeast(other)).toBe(answer);
  });

  test('all() has every release once, oldest first', () => {
    expect(KubernetesVersion.all().map(String)).toEqual([27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37].map(minor => `1.${minor}`));
  });

  test('all() is a list of its own each time', () => {
    KubernetesVersion.all().pop();
    expect(KubernetesVersion.all()).toContain(V1_37);
  });

  test('only what was run on an API server is proved', () => {
    expect(KubernetesVersion.all().filter(version => version.proved)).toEqual([KubernetesVersion.V1_34, V1_35, KubernetesVersion.V1_36, KubernetesVersion.V1_37]);
  });

  test.each(['1.35', 'v1.35', 'v1.35.4', '1.35.4', 'v1.35.4-gke.100', 'v1.35.4+k3s1', ' 1.35\n'])('of(%j) is 1.35', text => {
    expect(KubernetesVersion.of(text)).toBe(V1_35);
  });

  test.each(['', 'latest', '35', '1.26', '1.38', '2.35', '1.3', '1.350', '1.35.', '1.35.4.1', 'v 1.35', '1,35', 'stable-1.35'])('of(%j) is refused', text => {
    expect(code(() => KubernetesVersion.of(text))).toBe('PLT004');
  });

  test('of(undefined), as from an environment variable that is not set, is refused by code', () => {
    expect(code(() => KubernetesVersion.of(process.env.NO_SUCH_VARIABLE!))).toBe('PLT004');
  });
});
