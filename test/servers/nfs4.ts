import { once } from 'events';
import { connect, Socket } from 'net';

/** What a server said, other than yes. @see https://www.rfc-editor.org/rfc/rfc7530#section-13 */
const ERRORS: Readonly<Record<number, string>> = {
  1: 'PERM', 2: 'NOENT', 13: 'ACCES', 17: 'EXIST', 30: 'ROFS', 70: 'STALE', 10001: 'BADHANDLE', 10010: 'DENIED', 10013: 'GRACE', 10022: 'STALE_CLIENTID', 10023: 'STALE_STATEID',
  10025: 'BAD_STATEID', 10033: 'NO_GRACE', 10034: 'RECLAIM_BAD',
};

export class NfsError extends Error {}

const NFS_PROGRAM = 100003;
const FILE_SYNC = 2;
const READ_WRITE = 3;
const WRITE_LOCK = 2;
const WHOLE_FILE = 2n ** 64n - 1n;
const ANONYMOUS: Buffer = Buffer.alloc(16);

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value >>> 0);
  return buffer;
}

function u64(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(value);
  return buffer;
}

function opaque(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value as Buffer);
  return Buffer.concat([u32(bytes.length), bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

/** Reads what u32, u64 and opaque wrote. */
class Reader {
  public constructor(private readonly buffer: Buffer, private at = 0) {}

  public u32(): number {
    this.at += 4;
    return this.buffer.readUInt32BE(this.at - 4);
  }

  public bytes(length: number): Buffer {
    this.at += length + ((4 - (length % 4)) % 4);
    return this.buffer.subarray(this.at - length - ((4 - (length % 4)) % 4)).subarray(0, length);
  }

  public opaque(): Buffer {
    return this.bytes(this.u32());
  }
}

/** What a client needs to go on with a file after the server was started again. */
export interface OpenFile {
  readonly handle: Buffer;
  readonly stateId: Buffer;
}

/**
 * A client of NFSv4.0 in user space, over one connection, with what tests ask of servers: handles, anonymous reads and writes, open files and locks with their
 * recovery. There is no such client in Debian, and the machine's kernel has none.
 * @see https://www.rfc-editor.org/rfc/rfc7530
 */
export class Nfs4Client {
  public static async connect(host: string, port = 2049): Promise<Nfs4Client> {
    const socket = connect({ host, port });
    socket.setTimeout(15_000, () => socket.destroy(new Error(`${host}:${port} gave no answer for 15 s`)));
    await once(socket, 'connect');
    return new Nfs4Client(socket);
  }

  /** What went wrong with the connection. */
  public broken?: Error;

  private received: Buffer = Buffer.alloc(0);
  private xid = Math.floor(Math.random() * 2 ** 31);
  private sequence = 0;
  private clientId: Buffer = Buffer.alloc(8);

  private constructor(private readonly socket: Socket) {
    socket.on('data', data => { this.received = Buffer.concat([this.received, data]); });
    socket.on('error', error => { this.broken = error; });
    socket.setMaxListeners(0);
  }

  public close(): void {
    this.socket.destroy();
  }

  /** The handle of a path. */
  public async lookup(path: string): Promise<Buffer> {
    const names = path.split('/').filter(name => name !== '');
    const reply = await this.compound(u32(24), ...names.map(name => Buffer.concat([u32(15), opaque(name)])), u32(10));
    [0, ...names].forEach(() => reply.bytes(8));
    return header(reply).opaque();
  }

  public async read(handle: Buffer, stateId = ANONYMOUS): Promise<string> {
    const reply = await this.compound(putFh(handle), Buffer.concat([u32(25), stateId, u64(0n), u32(65536)]));
    reply.bytes(8);
    header(reply).u32();
    return reply.opaque().toString();
  }

  public async write(handle: Buffer, text: string, stateId = ANONYMOUS): Promise<void> {
    await this.compound(putFh(handle), Buffer.concat([u32(38), stateId, u64(0n), u32(FILE_SYNC), opaque(text)]));
  }

  public async makeDirectory(parent: Buffer, name: string): Promise<void> {
    await this.compound(putFh(parent), Buffer.concat([u32(6), u32(2), opaque(name), u32(0), opaque('')]));
  }

  public async remove(parent: Buffer, name: string): Promise<void> {
    await this.compound(putFh(parent), Buffer.concat([u32(28), opaque(name)]));
  }

  /** Gives a file to a user. */
  public async chown(handle: Buffer, user: number): Promise<void> {
    // FATTR4_OWNER is attribute 36.
    await this.compound(putFh(handle), Buffer.concat([u32(34), ANONYMOUS, u32(2), u32(0), u32(2 ** 4), opaque(opaque(`${user}`))]));
  }

  /** Says who the client is. The same identity after a restart of the server may reclaim what it had. */
  public async identify(identity: string): Promise<void> {
    const reply = await this.compound(Buffer.concat([
      u32(35), verifier(identity), opaque(identity), u32(0x40000000), opaque('tcp'), opaque('0.0.0.0.0.0'), u32(0),
    ]));
    this.clientId = header(reply).bytes(8);
    await this.compound(Buffer.concat([u32(36), this.clientId, reply.bytes(8)]));
    this.sequence = 0;
  }

  /** Creates or opens a file below a directory. */
  public open(directory: Buffer, name: string): Promise<OpenFile> {
    return this.doOpen(directory, Buffer.concat([u32(1), u32(0), u32(0), opaque(''), u32(0), opaque(name)]));
  }

  /** Opens a file again that was open when the server went down; only in its grace period, and only if it knows that the client was there. */
  public reclaim(handle: Buffer): Promise<OpenFile> {
    return this.doOpen(handle, Buffer.concat([u32(0), u32(1), u32(0)]));
  }

  /** Locks a file for writing. @param again whether it was locked before the server went down */
  public async lock(file: OpenFile, owner: string, again = false): Promise<void> {
    await this.compound(putFh(file.handle), Buffer.concat([
      u32(12), u32(WRITE_LOCK), u32(again ? 1 : 0), u64(0n), u64(WHOLE_FILE), u32(1), u32(this.sequence++), file.stateId, u32(0), this.clientId, opaque(owner),
    ]));
  }

  private async doOpen(handle: Buffer, how: Buffer): Promise<OpenFile> {
    const reply = await this.compound(putFh(handle), Buffer.concat([
      u32(18), u32(this.sequence++), u32(READ_WRITE), u32(0), this.clientId, opaque('test'), how,
    ]), u32(10));
    reply.bytes(8);
    let stateId: Buffer = Buffer.from(header(reply).bytes(16));
    reply.bytes(20); // how the directory changed
    const flags = reply.u32();
    reply.bytes(4 * reply.u32());
    if (reply.u32() !== 0) {
      throw new Error('the server delegated a file to a client that cannot be called back');
    }
    const opened = header(reply).opaque();
    if (flags & 2) {
      const confirmed = await this.compound(putFh(opened), Buffer.concat([u32(20), stateId, u32(this.sequence++)]));
      confirmed.bytes(8);
      stateId = Buffer.from(header(confirmed).bytes(16));
    }
    return { handle: opened, stateId };
  }

  /** One COMPOUND as root; the reader stands before the first result. */
  private async compound(...operations: Buffer[]): Promise<Reader> {
    const credentials = Buffer.concat([u32(0), opaque('test'), u32(0), u32(0), u32(0)]);
    const call = Buffer.concat([
      u32(++this.xid), u32(0), u32(2), u32(NFS_PROGRAM), u32(4), u32(1), u32(1), opaque(credentials), u32(0), u32(0),
      opaque(''), u32(0), u32(operations.length), ...operations,
    ]);
    this.socket.write(Buffer.concat([u32(0x80000000 + call.length), call]));
    const reply = new Reader(await this.record());
    const [xid, , denied] = [reply.u32(), reply.u32(), reply.u32()];
    if (xid !== this.xid || denied !== 0) {
      throw new Error('the server refused the call');
    }
    reply.u32();
    reply.opaque();
    if (reply.u32() !== 0) {
      throw new Error('the server does not know the call');
    }
    const status = reply.u32();
    if (status !== 0) {
      throw new NfsError(ERRORS[status] ?? `${status}`);
    }
    reply.opaque();
    reply.u32();
    return reply;
  }

  /** The next record that the server sends. */
  private async record(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (;;) {
      await this.atLeast(4);
      const mark = this.received.readUInt32BE(0);
      const length = mark & 0x7fffffff;
      await this.atLeast(4 + length);
      parts.push(this.received.subarray(4, 4 + length));
      this.received = this.received.subarray(4 + length);
      if (mark & 0x80000000) {
        return Buffer.concat(parts);
      }
    }
  }

  private async atLeast(length: number): Promise<void> {
    while (this.received.length < length) {
      if (this.broken || this.socket.destroyed) {
        throw this.broken ?? new Error('the server closed the connection');
      }
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]);
    }
  }
}

const putFh = (handle: Buffer) => Buffer.concat([u32(22), opaque(handle)]);

/** The verifier says whether a client lost what it had; ours never does. */
const verifier = (identity: string) => Buffer.concat([Buffer.from(identity), Buffer.alloc(8)]).subarray(0, 8);

/** Passes the number and status of an operation. */
function header(reply: Reader): Reader {
  reply.bytes(8);
  return reply;
}
