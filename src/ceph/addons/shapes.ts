import { all, ANY, spelled, TEXT } from '../../manifest/shapes';

const LABELS = all(ANY, 'labels', 'annotations');

/** What every object has. */
export const COMMON = spelled(LABELS);

/** A volume of another cluster, whose parts are looked at one by one. */
export const MIRRORED_VOLUME = spelled({
  ...LABELS,
  ...all(ANY, 'capacity', 'attributes', 'storageClass', 'volumeMode', 'accessModes', 'mountOptions', 'claim', 'pool', 'journalPool', 'volumeHandle', 'imageName'),
  fsType: TEXT,
});

export const REPLICATION_CLASS = spelled({ ...LABELS, ...all(ANY, 'mirroringMode', 'schedulingInterval', 'schedulingStartTime', 'flattenMode') });
