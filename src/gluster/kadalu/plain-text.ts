/** What YAML 1.1 takes for something else than a text, or cannot read. */
const NO_TEXT = [
  /^(y|n|yes|no|on|off|true|false|null|~)$/i,
  /^[-+]?(\d[\d_]*\.?[\d_]*|\.[\d_]+)(e[-+]?\d+)?$/i,
  /^(0x[\da-f_]+|0b[01_]+|\.inf|\.nan)$/i,
  /^\d{4}-\d\d?-\d\d?$/,
  /^[-?:]$|:$/,
];

/**
 * Whether YAML reads a word without quotes as a text: the operator writes names so, and a number or `on` would end in a manifest that the
 * API server refuses, and with it the operator.
 */
export function isPlainText(word: string): boolean {
  return !NO_TEXT.some(pattern => pattern.test(word));
}
