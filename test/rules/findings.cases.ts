import { Cases } from './case';
import { Findings, NfsServer } from '../../src';
import { nfs, testChart } from '../support';

function onAddress() {
  return nfs(testChart(), { server: NfsServer.external({ host: '10.0.0.1', share: '/exports' }) });
}

function acknowledge(code: string, reason: string) {
  const storage = onAddress();
  Findings.of(storage).acknowledge(code, reason);
  return storage;
}

export const FINDINGS_CASES: Cases = {
  FND001: {
    trips: {
      'a code that no rule has': () => acknowledge('NFS999', 'a typo'),
      'a code in lower case': () => acknowledge('nfs003', 'a typo'),
      'an error': () => acknowledge('NFS002', 'we live with it'),
      'an empty reason': () => acknowledge('NFS003', ''),
      'a blank reason': () => acknowledge('NFS003', ' \n'),
    },
    passes: {
      'a warning and a reason': () => acknowledge('NFS003', 'the address is a VIP'),
    },
  },
  FND002: {
    trips: {
      'nothing to acknowledge any more': () => {
        const storage = nfs(testChart());
        Findings.of(storage).acknowledge('NFS003', 'the address is a VIP');
        return storage;
      },
      'acknowledged on a sibling': () => {
        const storage = onAddress();
        const sibling = storage.addStorageClass('fast');
        Findings.of(storage).acknowledge('NFS003', 'the address is a VIP');
        Findings.of(sibling).acknowledge('NFS003', 'the address is a VIP');
        return storage;
      },
    },
    passes: {
      'acknowledged on the app': () => {
        const storage = onAddress();
        Findings.of(storage.node.root).acknowledge('NFS003', 'the address is a VIP');
        return storage;
      },
    },
  },
};
