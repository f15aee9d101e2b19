import { isIP } from 'net';
import { IConstruct } from 'constructs';
import { GANESHA_RULES } from './rules';
import { fail } from '../findings/report';
import { shown } from '../manifest/validate';

/** An address or a network, as the server's parser takes it, and a NetworkPolicy. */
export interface Client {
  readonly address: string;
  readonly prefix: number;
}

const BITS: Readonly<Record<number, number>> = { 4: 32, 6: 128 };
/** The parser takes two digits (conf_lex.l). */
const MOST = 99;

/** The bits of an address. */
function bitsOf(address: string): bigint {
  if (isIP(address) === 4) {
    return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  }
  const [head, tail] = address.split('::').map(half => (half === '' ? [] : half.split(':')));
  const groups = tail === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** GAN002: the clients of a server or of an export. @param what whose they are */
export function checkClients(scope: IConstruct, what: string, given: readonly string[]): Client[] {
  const refuse = (client: unknown, problem: string, expected = "write addresses or networks of the nodes: clients: ['10.0.0.0/16']"): never => fail(scope, GANESHA_RULES.GAN002, {
    what, client: shown(client), problem, expected,
  });
  if (!Array.isArray(given) || given.length === 0) {
    refuse(given, 'without any, nobody could mount');
  }
  return given.map((client, index) => {
    const [address, written, ...rest] = `${client ?? ''}`.split('/');
    const bits = BITS[isIP(address)];
    const prefix = written === undefined ? bits : /^\d{1,3}$/.test(written) ? Number(written) : -1;
    if (typeof client !== 'string' || bits === undefined || rest.length > 0 || prefix < 0 || prefix > bits || /[%]|:.*\./.test(address)) {
      refuse(client, 'it is no IP address or network; names are not taken, as they are looked up once only');
    }
    if (prefix === 0) {
      refuse(client, 'it is everybody who reaches the server, and NFS believes each client who its users are');
    }
    if (prefix > MOST && prefix < bits) {
      refuse(client, `the server takes no prefix from ${MOST + 1} to ${bits - 1}`, `write a network of at most /${MOST}, or each address by itself`);
    }
    if (bitsOf(address) % 2n ** BigInt(bits - prefix) !== 0n) {
      refuse(client, `it has bits set beyond its prefix of ${prefix}`, 'write the first address of the network, such as 10.0.0.0/16 for 10.0.1.2/16');
    }
    if (given.indexOf(client) < index) {
      refuse(client, 'it is given twice', 'write each once');
    }
    return { address, prefix };
  });
}

const isSingle = ({ address, prefix }: Client) => prefix === BITS[isIP(address)];

/** As the server takes it. */
export function asWord(client: Client): string {
  return isSingle(client) ? client.address : `${client.address}/${client.prefix}`;
}

/** As a NetworkPolicy takes it. */
export function asNetwork({ address, prefix }: Client): string {
  return `${address}/${prefix}`;
}
