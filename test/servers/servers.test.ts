import { capabilityTests } from './capabilities';
import { clean } from './ganesha';
import { handleTests } from './handles';
import { randomTests } from './random';
import { refusalTests } from './refused';

// NFS-Ganesha of Debian's packages on this machine, in a network and with mounts of its own (tools/servers.sh); without a Kubernetes.

jest.setTimeout(180_000);

const why = process.env.NO_SERVERS;
if (why) {
  process.stderr.write(`== servers: SKIPPED. NFS-Ganesha cannot be had here, so no configuration was started: ${why}\n`);
}

(why ? describe.skip : describe)('the server that a manifest describes', () => {
  afterAll(clean);
  describe('random configurations', randomTests);
  describe('wrong configurations', refusalTests);
  describe('capabilities', capabilityTests);
  describe('handles', handleTests);
});
