/** Credentials whose users and Secrets somebody else makes, and who. */
const MAKERS = new WeakMap<object, string>();

export function declareMaker(credentials: object, maker: string): void {
  MAKERS.set(credentials, maker);
}

export function makerOf(credentials: object): string | undefined {
  return MAKERS.get(credentials);
}
