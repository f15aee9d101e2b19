import { once } from 'events';
import { connect, Socket } from 'net';
import { opaque, Reader, u32, u64 } from './xdr';

/** What a server said, other than yes. @see https://www.rfc-editor.org/rfc/rfc7530#section-13 */
const ERRORS: Readonly<Record<number, string>> = {
  1: 'PERM', 2: 'NOENT', 5: 'IO', 13: 'ACCES', 17: 'EXIST', 28: 'NOSPC', 30: 'ROFS', 70: 'STALE', 10001: 'BADHANDLE', 10006: 'SERVERFAULT', 10010: 'DENIED', 10013: 'GRACE',
  10016: 'WRONGSEC', 10021: 'MINOR_VERS_MISMATCH', 10022: 'STALE_CLIENTID', 10023: 'STALE_STATEID', 10025: 'BAD_STATEID', 10033: 'NO_GRACE', 10034: 'RECLAIM_BAD',
};

export class NfsError extends Error {}

const NFS_PROGRAM = 100003;
const FILE_SYNC = 2;
const READ_WRITE = 3;
const WRITE_LOCK = 2;
const WHOLE_FILE = 2n ** 64n - 1n;
const ANONYMOUS: Buffer = Buffer.alloc(16);
/** Attributes 33, 36 and 37, as bits of the second word. */
const [MODE, OWNER, OWNER_GROUP] = [2, 16, 32];

/** What a client needs to go on with a file after the server was started again. */
export interface OpenFile {
  readonly handle: Buffer;
  readonly stateId: Buffer;
}

export interface ConnectOptions {
  /** The address of the client. */
  readonly from?: string;
  /** The minor version of NFSv4. With 1 and 2, files and directories only: nothing is opened or locked. */
  readonly minor?: number;
  /** How many seconds it waits for an answer; 15 unless said otherwise. */
  readonly patience?: number;
}

/**
 * A client of NFSv4 in user space, over one connection, with what tests ask of servers: handles, anonymous reads and writes, open files and locks with their
 * recovery. There is no such client in Debian, and the machine's kernel has none.
 * @see https://www.rfc-editor.org/rfc/rfc7530
 */
export class Nfs4Client {
  public static async connect(host: string, { from, minor = 0, patience = 15 }: ConnectOptions = {}): Promise<Nfs4Client> {
    const socket = connect({ host, port: 2049, localAddress: from });
    socket.setTimeout(patience * 1000, () => socket.destroy(new Error(`${host} gave no answer for ${patience} s`)));
    await once(socket, 'connect');
    const client = new Nfs4Client(socket, minor);
    if (minor > 0) {
      await client.createSession();
    }
    return client;
  }

  /** What went wrong with the connection. */
  public broken?: Error;

  private received: Buffer = Buffer.alloc(0);
  private xid = Math.floor(Math.random() * 2 ** 31);
  private sequence = 0;
  private clientId: Buffer = Buffer.alloc(8);
  private session?: Buffer;
  private slotSequence = 0;
  private user = 0;
  private group = 0;

  private constructor(private readonly socket: Socket, private readonly minor: number) {
    socket.on('data', data => { this.received = Buffer.concat([this.received, data]); });
    socket.on('error', error => { this.broken = error; });
    socket.setMaxListeners(0);
  }

  public close(): void {
    this.socket.destroy();
  }

  /** Acts as another user from now on; root at first. */
  public as(user: number, group = user): this {
    this.user = user;
    this.group = group;
    return this;
  }

  /** The handle of a path. */
  public async lookup(path: string): Promise<Buffer> {
    const names = path.split('/').filter(name => name !== '');
    const reply = await this.compound(u32(24), ...names.map(name => Buffer.concat([u32(15), opaque(name)])), u32(10));
    [0, ...names].forEach(() => reply.bytes(8));
    return header(reply).opaque();
  }

  public async read(handle: Buffer, stateId: Buffer = ANONYMOUS): Promise<string> {
    const reply = await this.compound(putFh(handle), Buffer.concat([u32(25), stateId, u64(0n), u32(65536)]));
    reply.bytes(8);
    header(reply).u32();
    return reply.opaque().toString();
  }

  public async write(handle: Buffer, text: string, stateId: Buffer = ANONYMOUS): Promise<void> {
    await this.compound(putFh(handle), Buffer.concat([u32(38), stateId, u64(0n), u32(FILE_SYNC), opaque(text)]));
  }

  public async makeDirectory(parent: Buffer, name: string): Promise<void> {
    await this.compound(putFh(parent), Buffer.concat([u32(6), u32(2), opaque(name), u32(0), opaque('')]));
  }

  public async remove(parent: Buffer, name: string): Promise<void> {
    await this.compound(putFh(parent), Buffer.concat([u32(28), opaque(name)]));
  }

  /** Gives a file to a user and a group. */
  public async chown(handle: Buffer, user: number, group = user): Promise<void> {
    await this.setAttributes(handle, OWNER + OWNER_GROUP, opaque(`${user}`), opaque(`${group}`));
  }

  public async chmod(handle: Buffer, mode: number): Promise<void> {
    await this.setAttributes(handle, MODE, u32(mode));
  }

  /** Who a file belongs to, and who may use it. */
  public async attributes(handle: Buffer): Promise<{ readonly mode: number; readonly owner: string; readonly group: string }> {
    const reply = await this.compound(putFh(handle), Buffer.concat([u32(9), u32(2), u32(0), u32(MODE + OWNER + OWNER_GROUP)]));
    reply.bytes(8);
    const fields = header(reply);
    fields.bytes(4 * fields.u32());
    fields.u32();
    return { mode: fields.u32(), owner: fields.opaque().toString(), group: fields.opaque().toString() };
  }

  private async setAttributes(handle: Buffer, mask: number, ...values: Buffer[]): Promise<void> {
    await this.compound(putFh(handle), Buffer.concat([u32(34), ANONYMOUS, u32(2), u32(0), u32(mask), opaque(Buffer.concat(values))]));
  }

  /** Says that the client is still there: without, it loses its files and locks after the lease. */
  public async renew(): Promise<void> {
    await this.compound(Buffer.concat([u32(30), this.clientId]));
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
    if (Math.floor(flags / 2) % 2 === 1) { // OPEN4_RESULT_CONFIRM
      const confirmed = await this.compound(putFh(opened), Buffer.concat([u32(20), stateId, u32(this.sequence++)]));
      confirmed.bytes(8);
      stateId = Buffer.from(header(confirmed).bytes(16));
    }
    return { handle: opened, stateId };
  }

  /** What later minor versions have in front of every call. */
  private async createSession(): Promise<void> {
    const identity = opaque(`session-${process.pid}-${this.xid}`);
    const [PNFS_OFF, channel] = [0x00010000, Buffer.concat([0, 65536, 65536, 4096, 16, 16, 0].map(u32))];
    const exchanged = await this.compound(Buffer.concat([u32(42), Buffer.alloc(8), identity, u32(PNFS_OFF), u32(0), u32(0)]));
    const reply = header(exchanged);
    const clientId = reply.bytes(8);
    const created = await this.compound(Buffer.concat([u32(43), clientId, u32(reply.u32()), u32(0), channel, channel, u32(0x40000000), u32(1), u32(0)]));
    this.session = header(created).bytes(16);
  }

  /** One COMPOUND; the reader stands before the first result of what was asked. */
  private async compound(...asked: Buffer[]): Promise<Reader> {
    const sequence = this.session && Buffer.concat([u32(53), this.session, u32(++this.slotSequence), u32(0), u32(0), u32(0)]);
    const operations = [...(sequence ? [sequence] : []), ...asked];
    const credentials = Buffer.concat([u32(0), opaque('test'), u32(this.user), u32(this.group), u32(0)]);
    const call = Buffer.concat([
      u32(++this.xid), u32(0), u32(2), u32(NFS_PROGRAM), u32(4), u32(1), u32(1), opaque(credentials), u32(0), u32(0),
      opaque(''), u32(this.minor), u32(operations.length), ...operations,
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
    if (sequence) {
      header(reply).bytes(36);
    }
    return reply;
  }

  /** The next record that the server sends. */
  private async record(): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (;;) {
      await this.atLeast(4);
      const mark = this.received.readUInt32BE(0);
      const length = mark % 2 ** 31;
      await this.atLeast(4 + length);
      parts.push(this.received.subarray(4, 4 + length));
      this.received = this.received.subarray(4 + length);
      if (mark >= 2 ** 31) { // the last fragment
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
