import { CsiPodOptions } from '../../csi/csi-pod-options';

interface PodVolume {
  readonly volume: { readonly name: string; readonly [source: string]: unknown };
  readonly path: string;
  readonly readOnly?: boolean;
}

/** The names of what the driver is configured by. */
export interface ConfigMapNames {
  readonly config: string;
  readonly cephConf: string;
  readonly kms: string;
}

const hostPath = (name: string, path: string, type: string, readOnly?: boolean): PodVolume => ({ volume: { name, hostPath: { path, type } }, path, readOnly });
const configMap = (volume: string, name: string, path: string): PodVolume => ({ volume: { name: volume, configMap: { name } }, path, readOnly: true });

/** What both kinds of pods read, and where keys are while a call lasts: never on a disk. */
function common(names: ConfigMapNames, oidcToken: boolean): PodVolume[] {
  const token = { serviceAccountToken: { path: 'oidc-token', expirationSeconds: 3600, audience: 'ceph-csi-kms' } };
  return [
    configMap('ceph-csi-config', names.config, '/etc/ceph-csi-config'),
    configMap('ceph-conf', names.cephConf, '/etc/ceph'),
    // Also where it is empty: one that came later would restart every node plugin.
    configMap('ceph-csi-kms-config', names.kms, '/etc/ceph-csi-encryption-kms-config'),
    { volume: { name: 'keys', emptyDir: { medium: 'Memory' } }, path: '/tmp/csi/keys' },
    ...(oidcToken ? [{ volume: { name: 'oidc-token', projected: { sources: [token] } }, path: '/run/secrets/tokens', readOnly: true }] : []),
  ];
}

/** What the node plugin is shown of its node beyond the least. */
export interface HostFacts {
  readonly seLinux: boolean;
  readonly logDirectory?: string;
  /** A directory of the node for what ceph-fuse serves. */
  readonly mountRecords?: string;
}

/** What the node plugin maps and mounts with. */
function host({ seLinux, logDirectory, mountRecords }: HostFacts): PodVolume[] {
  return [
    // Passphrases of encrypted devices are written there for a moment.
    { volume: { name: 'tmp', emptyDir: { medium: 'Memory' } }, path: '/tmp' },
    hostPath('host-sys', '/sys', 'Directory'),
    hostPath('host-modules', '/lib/modules', 'DirectoryOrCreate', true),
    hostPath('host-mount', '/run/mount', 'DirectoryOrCreate'),
    ...(seLinux ? [hostPath('host-selinux', '/etc/selinux', 'Directory', true)] : []),
    ...(mountRecords === undefined ? [] : [{ ...hostPath('mount-records', mountRecords, 'DirectoryOrCreate'), path: '/csi/mountinfo' }]),
    ...(logDirectory === undefined ? [] : [{ ...hostPath('ceph-logs', logDirectory, 'DirectoryOrCreate'), path: '/var/log/ceph' }]),
  ];
}

/** The options of a pod, with what ceph-csi needs of volumes in it. */
function withVolumes<T extends CsiPodOptions>(options: T | undefined, volumes: readonly PodVolume[]): T {
  return {
    ...options!,
    extraVolumes: [...volumes.map(({ volume }) => volume), ...options?.extraVolumes ?? []],
    extraVolumeMounts: [...volumes.map(({ volume, path, readOnly }) => ({ name: volume.name, mountPath: path, readOnly })), ...options?.extraVolumeMounts ?? []],
  };
}

export function controllerWithVolumes<T extends CsiPodOptions>(options: T | undefined, names: ConfigMapNames, oidcToken: boolean): T {
  return withVolumes(options, common(names, oidcToken));
}

export function nodeWithVolumes<T extends CsiPodOptions>(options: T, names: ConfigMapNames, oidcToken: boolean, facts: HostFacts): T {
  return withVolumes(options, [...host(facts), ...common(names, oidcToken)]);
}
