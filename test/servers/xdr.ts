const padding = (length: number) => (4 - (length % 4)) % 4;

/** As XDR writes values. @see https://www.rfc-editor.org/rfc/rfc4506 */
export function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

export function u64(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(value);
  return buffer;
}

export function opaque(value: Buffer | string): Buffer {
  const bytes = Buffer.from(value as Buffer);
  return Buffer.concat([u32(bytes.length), bytes, Buffer.alloc(padding(bytes.length))]);
}

/** Reads what u32, u64 and opaque wrote. */
export class Reader {
  public constructor(private readonly buffer: Buffer, private at = 0) {}

  public u32(): number {
    this.at += 4;
    return this.buffer.readUInt32BE(this.at - 4);
  }

  public bytes(length: number): Buffer {
    const from = this.at;
    this.at += length + padding(length);
    return this.buffer.subarray(from, from + length);
  }

  public opaque(): Buffer {
    return this.bytes(this.u32());
  }
}
