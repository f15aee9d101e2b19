import { CsiCapabilities } from './capabilities';

/** What the presence of a sidecar, a flag or a permission depends on. */
export type Feature = 'provision' | 'attach' | 'expand' | 'modify' | 'snapshot' | 'groupSnapshot' | 'clone' | 'topology' | 'capacity' | 'health' | 'changedBlocks';

const NAMES: Feature[] = ['attach', 'expand', 'modify', 'snapshot', 'groupSnapshot', 'clone', 'topology', 'capacity', 'health', 'changedBlocks'];

/** The capabilities that the driver's controller has sidecars or permissions for. */
export function featuresOf(capabilities: CsiCapabilities): ReadonlySet<Feature> {
  return new Set([
    ...(capabilities.provision ?? true ? ['provision' as const] : []),
    ...NAMES.filter(name => capabilities[name as keyof CsiCapabilities]),
  ]);
}
