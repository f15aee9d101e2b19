/** How files are spread over bricks. */
export interface VolumeType {
  /** What `gluster volume create` is told of it. */
  readonly layout: string;
  readonly bricks: number;
  /** A brick that is elsewhere. */
  readonly tieBreaker?: string;
  /** What `type` of a pool is in Kadalu; nothing where it has none. */
  readonly pool?: string;
  /** What else is to be known of it. */
  readonly notes: readonly string[];
}

/** By their names in small letters, as the old programs read them. */
type Values = Readonly<Record<string, string>>;

/** More copies than that nobody meant; and a dispersed volume has at most 16 bricks of data. */
const MOST = 16;

const ARBITER: VolumeType = { layout: 'replica 2 arbiter 1', bricks: 3, pool: 'Arbiter', notes: ['the last brick is that of the arbiter, which holds names only and may be small'] };

function replicas(count: number): VolumeType | undefined {
  switch (count) {
    case 1: return { layout: '', bricks: 1, pool: 'Replica1', notes: ['there are no copies: who loses a brick loses its files'] };
    case 2: return { ...ARBITER, notes: ['two copies alone cannot tell which of them is right (split-brain): an arbiter is added here; replica 3 does it as well', ...ARBITER.notes] };
    default: return count >= 3 && count <= MOST ? { layout: `replica ${count}`, bricks: count, pool: count === 3 ? 'Replica3' : undefined, notes: [] } : undefined;
  }
}

function disperse(data: number, redundancy: number): VolumeType | undefined {
  const isPossible = redundancy >= 1 && data > redundancy && data <= MOST;
  return isPossible ? {
    layout: `disperse-data ${data} redundancy ${redundancy}`,
    bricks: data + redundancy,
    pool: data % 2 === 0 ? `Disperse, with data ${data} and redundancy ${redundancy}` : undefined,
    notes: [],
  } : undefined;
}

/** How heketi took it. */
const FORMS: readonly { readonly form: RegExp; readonly type: (...numbers: number[]) => VolumeType | undefined }[] = [
  { form: /^(?:replicate)?$/, type: () => replicas(3) },
  { form: /^replicate:(\d+)$/, type: replicas },
  { form: /^disperse:(\d+):(\d+)$/, type: disperse },
  { form: /^none$/, type: () => replicas(1) },
];

/** How the gluster command takes it. */
const COMMAND = /^replica (\d+)$/;

function written(value: string): VolumeType {
  const { match, type } = FORMS.map(form => ({ ...form, match: form.form.exec(value) })).find(candidate => candidate.match) ?? {};
  const meant = COMMAND.exec(value);
  const none = `the volumetype '${value}' is none that heketi knew (replicate, replicate:N, disperse:D:R, none), so the class made no volume: `;
  const taken = meant && replicas(Number(meant[1]));
  if (taken) {
    return { ...taken, notes: [`${none}it is taken for replicate:${meant[1]}`, ...taken.notes] };
  }
  const impossible = `the volumetype '${value}' is one that Gluster does not make (disperse:D:R needs R of at least 1, and D greater than R and at most ${MOST}): `;
  return (match && type?.(...match.slice(1).map(Number))) ?? { ...replicas(3)!, notes: [`${match ? impossible : none}replica 3 is written here`] };
}

/** How glusterfs-simple-provisioner took it: in the words of the gluster command, with a brick below each root. */
function passedOn(value: string, roots: string): VolumeType {
  const [, count] = COMMAND.exec(value) ?? [];
  return (count && replicas(Number(count))) || { layout: value, bricks: roots.split(',').length, notes: [] };
}

/** The last brick of `host:/path:port`. */
const tieBreakerOf = (value: string | undefined) => /^([^:/]+:\/[^:]*)(?::\d+)?$/.exec(value ?? '')?.[1];

/** What the parameters of a class say of it. @param hasArbiter whether heketi was told to make one brick an arbiter */
export function volumeTypeOf(parameters: Values, hasArbiter: boolean): VolumeType {
  const { replicas: copies, volumetype = '', brickrootpaths, arbitertype, arbiterpath } = parameters;
  if (arbitertype === 'thin') {
    return {
      layout: 'replica 2 thin-arbiter 1',
      bricks: 2,
      tieBreaker: tieBreakerOf(arbiterpath) ?? '<host of the thin arbiter>:/bricks/thin-arbiter',
      pool: 'Replica2, with a tiebreaker',
      notes: ['a thin arbiter has to run already: see the administration guide of Gluster'],
    };
  }
  if (hasArbiter || arbitertype !== undefined) {
    return ARBITER;
  }
  return brickrootpaths !== undefined ? passedOn(volumetype.trim(), brickrootpaths) : written(copies === undefined ? volumetype.trim() : `replicate:${copies.trim()}`);
}
