import { FindingLevel } from '../findings/finding';
import { defineRules } from '../findings/rule';

const EXPORTS = 'https://github.com/nfs-ganesha/nfs-ganesha/blob/V4.3/src/doc/man/ganesha-export-config.rst';
const CORE = 'https://github.com/nfs-ganesha/nfs-ganesha/blob/V4.3/src/doc/man/ganesha-core-config.rst';

export const GANESHA_RULES = defineRules('ganesha', {
  GAN001: {
    level: FindingLevel.ERROR,
    check: 'values of an NFS server have their type and are in range (N20)',
    message: '{what} is {value}, but has to be {expected}',
    fix: '{example}',
    reference: 'docs/nfs-server.md',
  },
  GAN002: {
    level: FindingLevel.ERROR,
    check: 'who may mount from a server is said in addresses that the server understands',
    message: '{what} has {client}: {problem}',
    fix: '{expected}',
    reference: EXPORTS,
  },
  GAN003: {
    level: FindingLevel.ERROR,
    check: 'clients have time to come back after a restart of the server (N20)',
    message: 'the gracePeriod is {grace} s and the leaseLifetime {lease} s: clients notice a restart only when they renew their lease, and would be too late to get their files and locks back',
    fix: 'give a gracePeriod of at least the leaseLifetime, such as leaseLifetime: Duration.seconds(20), gracePeriod: Duration.seconds(30)',
    reference: CORE,
  },
  GAN004: {
    level: FindingLevel.ERROR,
    check: 'exports of a server are apart: ids, names and directories (N20)',
    message: 'the export {name}: {problem}',
    fix: '{expected}',
    reference: EXPORTS,
  },
  GAN005: {
    level: FindingLevel.ERROR,
    check: 'the namespace of a server, or of a mount on the nodes, admits its pods',
    message: 'Pod Security keeps its pod out of the namespace {namespace}, which enforces the level {level} ({origin}): it needs {needed}',
    fix: 'leave createNamespace out, so that it has a namespace of its own, or give the one that is there podSecurity: PodSecurityLevel.{member}',
    reference: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
  },
  GAN006: {
    level: FindingLevel.WARNING,
    check: 'the configuration of a server is written by this library, and so checked',
    message: 'extraConfiguration is written as it stands: when NFS-Ganesha does not understand it, the pod does not become ready, and its log says why',
    fix: 'leave it out; where there is no property for what it says, try it on another server first and acknowledge this',
    reference: 'docs/nfs-server.md',
  },
  GAN007: {
    level: FindingLevel.ERROR,
    check: 'blocks that are added to the configuration of a server are known to it, and undo none that is written',
    message: 'extraConfiguration has the block {block}: {problem}',
    fix: '{expected}',
    reference: CORE,
  },
});
