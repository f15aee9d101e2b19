import { cephFsTests } from './ceph/ceph-fs';
import { CephServer, whyNoCeph } from './ceph/ceph-server';
import { rbdTests } from './ceph/rbd';

// A Ceph of Debian's packages on this machine, in memory; without a Kubernetes. What `authCommands()` and `prepareCommands()` print is run as it stands.

jest.setTimeout(300_000);

const why = whyNoCeph();
if (why) {
  process.stderr.write(`== ceph: SKIPPED. It cannot be installed here, so no command for its users was run: ${why}\n`);
}

(why ? describe.skip : describe)('users of Ceph', () => {
  let ceph: CephServer;
  beforeAll(async () => {
    ceph = await CephServer.start();
  });
  afterAll(() => ceph?.stop());

  describe('RBD', () => rbdTests(() => ceph));
  describe('CephFS', () => cephFsTests(() => ceph));
});
