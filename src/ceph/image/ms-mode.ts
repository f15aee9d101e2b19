/** What the kernel speaks with Ceph: messenger v1 or v2, encrypted or not. Linux 5.11 for all but LEGACY. @see https://docs.ceph.com/en/latest/man/8/rbd/#kernel-rbd-krbd-options */
export enum CephMsMode {
  /** Version 1, on port 6789 of the monitors; what the kernel speaks by itself. */
  LEGACY = 'legacy',
  /** Version 2 with checksums, or nothing. */
  CRC = 'crc',
  /** Version 2, encrypted, or nothing. */
  SECURE = 'secure',
  /** Version 2 with checksums; encrypted where Ceph wants that. */
  PREFER_CRC = 'prefer-crc',
  /** Version 2, encrypted; with checksums only where Ceph wants that. */
  PREFER_SECURE = 'prefer-secure',
}

/** Which copy of the data the kernel reads. Linux 5.8. */
export enum CephReadFromReplica {
  /** Always the primary. */
  NO = 'no',
  /** Any, by chance. */
  BALANCE = 'balance',
  /** The one that is nearest to the `crushLocation`. */
  LOCALIZE = 'localize',
}
