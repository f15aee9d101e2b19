import { gatewayTests } from './gateway';
import { GlusterServer, whyNoGluster } from './gluster-server';
import { nodeMountTests } from './node-mount';
import { kubectl } from '../../kubectl';
import { glusterGatewayTests } from '../../servers/gluster';

/** A Gluster of Debian's packages on the node, which is this machine. */
export function glusterTests(): void {
  const why = whyNoGluster();
  if (why) {
    process.stderr.write(`== gluster: SKIPPED. It cannot be installed here, so no volume of it was served: ${why}\n`);
  }
  (why ? describe.skip : describe)('Gluster', () => {
    let server: GlusterServer;
    let host: string;
    beforeAll(async () => {
      host = kubectl('get', 'nodes', '-o', 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}');
      server = await GlusterServer.start(host);
    });
    afterAll(() => server?.stop());

    describe('by an NFS gateway', () => gatewayTests(() => server, () => host));
    describe('random configurations of a gateway', () => glusterGatewayTests(() => server, () => host));
    describe('by mounts on the nodes', () => nodeMountTests(() => server, () => host));
  });
}
