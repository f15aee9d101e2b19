type Parameters = Readonly<Record<string, string>>;

const parameters = new WeakMap<object, Parameters>();

/** Keeps what a class that is written here says to its driver. */
export function noteParameters(written: object, given: Parameters): void {
  parameters.set(written, given);
}

/** What a class says to its driver, if it is written here. */
export function parametersOf(written: object | undefined): Parameters | undefined {
  return written && parameters.get(written);
}
