/** Where the csi-addons controller looks for schedules in annotations (`--schedule-precedence`). */
export enum CsiAddonsSchedulePrecedence {
  /** At classes only. What is changed there reaches all their claims. */
  STORAGE_CLASS = 'storageclass',

  /** At the claim, then at its namespace, then at its class. Whatever is found first is noted on the claim, where it is found first from then on. */
  CLAIM = 'pvc',
}
