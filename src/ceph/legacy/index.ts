import { classText } from './class-code';
import { CEPH_LEGACY_RULES } from './rules';
import { volumeText } from './volume-code';
import { addLegacyProvisioner, LegacyClass, LegacyProvisioner } from '../../csi/driver-profile';
import { fail } from '../../findings/report';
import { KubernetesVersion } from '../../platform/kubernetes-version';
import { addRemovedKind } from '../../volume/removed-volumes';

/** The parameters by their names in small letters, as the old programs read them. */
const parameter = ({ parameters }: LegacyClass, name: string) => Object.entries(parameters).find(([key]) => key.toLowerCase() === name)?.[1];

const RBD: Pick<LegacyProvisioner, 'mapping' | 'check'> = {
  mapping: legacy => classText('rbd', legacy),
  /** CEPH090 */
  check: (scope, legacy) => {
    if (parameter(legacy, 'imageformat') === '1') {
      fail(scope, CEPH_LEGACY_RULES.CEPH090, { name: `'${legacy.name ?? ''}'`, pool: parameter(legacy, 'pool') || 'rbd', mapping: classText('rbd', legacy) });
    }
  },
};
const CEPHFS: Pick<LegacyProvisioner, 'mapping'> = { mapping: legacy => classText('cephfs', legacy) };

// Of Kubernetes itself; its code is gone, so nobody looks at the claims.
addLegacyProvisioner(/^kubernetes\.io\/rbd$/, {
  ...RBD, goneSince: KubernetesVersion.V1_31, why: 'it is deprecated since Kubernetes 1.28 and removed in 1.31, where its claims stay Pending for ever',
});
addLegacyProvisioner(/^kubernetes\.io\/cephfs$/, { ...CEPHFS, why: 'Kubernetes had volumes of CephFS until 1.30, but never a provisioner for them, so its claims stay Pending for ever' });

// Programs of kubernetes-incubator/external-storage, which lived on those volumes.
const EXTERNAL_STORAGE = { goneSince: KubernetesVersion.V1_31, why: 'its program (external-storage) is given up since 2019, and the volumes that it makes are removed in Kubernetes 1.31' };
addLegacyProvisioner(/^ceph\.com\/rbd$/, { ...RBD, ...EXTERNAL_STORAGE });
addLegacyProvisioner(/^ceph\.com\/cephfs$/, { ...CEPHFS, ...EXTERNAL_STORAGE });

const REMOVED = { until: 30, why: 'it is deprecated since Kubernetes 1.28 and removed in 1.31' };
addRemovedKind('cephfs', { ...REMOVED, mapping: volume => volumeText('cephfs', volume) });
addRemovedKind('rbd', { ...REMOVED, mapping: volume => volumeText('rbd', volume) });
