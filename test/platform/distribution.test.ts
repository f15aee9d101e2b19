import { Distribution, NfsCsiDriver, PodSecurityLevel } from '../../src';
import { one, testChart } from '../support';

const { PRIVILEGED, BASELINE, RESTRICTED } = PodSecurityLevel;
const USUAL = '/var/lib/kubelet';

describe('Distribution', () => {
  test.each([
    // name, distribution, kubelet directory, default class, snapshot-controller, SELinux, Pod Security, role for privileged pods
    ['vanilla', Distribution.VANILLA, USUAL, undefined, false, false, PRIVILEGED, undefined],
    ['kind', Distribution.KIND, USUAL, 'standard', false, false, PRIVILEGED, undefined],
    ['k3s', Distribution.K3S, USUAL, 'local-path', false, false, PRIVILEGED, undefined],
    ['rke2', Distribution.RKE2, USUAL, undefined, true, false, PRIVILEGED, undefined],
    ['k0s', Distribution.K0S, '/var/lib/k0s/kubelet', undefined, false, false, PRIVILEGED, undefined],
    ['microk8s', Distribution.MICROK8S, '/var/snap/microk8s/common/var/lib/kubelet', undefined, false, false, PRIVILEGED, undefined],
    ['openshift', Distribution.OPENSHIFT, USUAL, undefined, true, true, RESTRICTED, 'system:openshift:scc:privileged'],
    ['talos', Distribution.TALOS, USUAL, undefined, false, false, BASELINE, undefined],
    ['tkgi', Distribution.TKGI, '/var/vcap/data/kubelet', undefined, false, false, PRIVILEGED, undefined],
  ])('%s', (name, distribution, kubeletDirectory, defaultStorageClass, snapshotController, seLinux, podSecurity, privilegedClusterRole) => {
    expect({ ...distribution }).toEqual({ name, kubeletDirectory, defaultStorageClass, snapshotController, seLinux, podSecurity, privilegedClusterRole });
  });

  test('the table has every distribution that there is', () => {
    const names = Object.values(Distribution).map(distribution => distribution.name);
    expect(names).toEqual(['vanilla', 'kind', 'k3s', 'rke2', 'k0s', 'microk8s', 'openshift', 'talos', 'tkgi']);
  });

  test('custom is vanilla but for what is said', () => {
    expect({ ...Distribution.custom({ name: 'own', seLinux: true }) }).toEqual({ ...Distribution.VANILLA, name: 'own', seLinux: true });
  });

  test.each(Object.values(Distribution).map(distribution => [distribution.name, distribution]))('csi-driver-nfs mounts where the kubelet of %s looks', (_, distribution) => {
    const chart = testChart({ distribution });
    new NfsCsiDriver(chart, 'Driver');
    const paths = one(chart, 'DaemonSet').spec.template.spec.volumes.map((volume: any) => volume.hostPath.path);
    expect(paths).toEqual(['pods', 'plugins_registry', 'plugins/nfs.csi.k8s.io'].map(path => `${distribution.kubeletDirectory}/${path}`));
  });
});
