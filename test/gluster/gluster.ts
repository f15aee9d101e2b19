import { Construct } from 'constructs';
import {
  ExternalGlusterOptions, GlusterAccess, GlusterCluster, GlusterStorage, GlusterStorageProps, KadaluBrick, KadaluOperator, KadaluPoolOptions, KadaluPoolType, KadaluQuota,
} from '../../src';

export const RELEASE = '1.2.0';

/** A disk of a node, by a name that stays. */
export const disk = (node: string, id = 'wwn-0x5000') => KadaluBrick.device(node, `/dev/disk/by-id/${id}-${node}`);

/** Disks of nodes from node1 on. */
export const disks = (count: number, id?: string) => Array.from({ length: count }, (_, index) => disk(`node${index + 1}`, id));

/** A pool that trips nothing. */
export function pool(options: Partial<KadaluPoolOptions> = {}): KadaluPoolOptions {
  return { name: 'pool1', type: KadaluPoolType.REPLICA3, bricks: disks(3), ...options };
}

/** Storage on pools, of a Kadalu that is there already. */
export function kadalu(scope: Construct, pools: KadaluPoolOptions[] = [pool()], props: Partial<GlusterStorageProps> = {}): GlusterStorage {
  return new GlusterStorage(scope, `Gluster-${scope.node.children.length}`, {
    cluster: GlusterCluster.kadalu({ pools }), driver: KadaluOperator.existing({ version: RELEASE }), ...props,
  });
}

/** A Gluster that trips nothing. */
export function gluster(options: Partial<ExternalGlusterOptions> = {}): GlusterCluster {
  return GlusterCluster.external({ hosts: ['gluster1.example.com', 'gluster2.example.com'], volume: 'gv0', ...options });
}

/** Storage on a Gluster that exists, by a Kadalu that is there already. */
export function external(scope: Construct, props: Partial<GlusterStorageProps> = {}): GlusterStorage {
  return new GlusterStorage(scope, `Gluster-${scope.node.children.length}`, {
    cluster: gluster(), access: GlusterAccess.KADALU_CSI, driver: KadaluOperator.existing({ version: RELEASE }), ...props, kadalu: { quota: KadaluQuota.NONE, ...props.kadalu },
  });
}
