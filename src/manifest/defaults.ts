/** The defaults, and over them what was given: a member that is given but undefined means the default. */
export function withDefaults<T extends object, G extends object>(defaults: T, given: G | undefined): T & G {
  const entries = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(entries) } as T & G;
}
