import { join } from 'path';
import { code, dependency } from './sources';

const LIBRARY = 'github.com/kubernetes-csi/csi-lib-utils';
const STANDARD = '.RegisterCommonFlags(';
const PROCESSORS = '.AddAutomaxprocs(';
const LOGS = /logsapi\.Add(Go)?Flags\(/;

/** Names of flags by the pattern of their definition: as a text, or a constant of the same code. */
function names(text: string, definition: RegExp): string[] {
  return [...text.matchAll(definition)].map(([, literal, constant]) => literal ?? new RegExp(`\\b${constant}\\s*= "([^"]+)"`).exec(text)![1]);
}

/** Every flag that a release of a sidecar defines, its libraries included. */
export function flagsOf(folder: string, image: string): string[] {
  const text = code(join(folder, 'cmd', image)) + (image === 'csi-snapshot-metadata' ? code(join(folder, 'pkg/sidecar')) : '');
  const own = names(text, /\b(?:flag|s)\.(?:Bool|String|Int|Int64|Uint|Float32|Float64|Duration)\((?:"([\w-]+)"|(flag\w+)),/g);
  const gates = names(text, /\bflag\.Var\([^"]*?"([\w-]+)"/g);
  const standard = text.includes(STANDARD) ? names(code(join(dependency(folder, LIBRARY), 'standardflags')), /\bflags?\.\w*Var\([^"]*?"([\w-]+)"/g) : [];
  // Where the parser is another one, it knows only what was defined before it took over those of Go.
  const takenOver = text.indexOf('AddGoFlagSet(');
  const processors = text.includes(PROCESSORS) && (takenOver < 0 || text.indexOf(PROCESSORS) < takenOver) ? ['automaxprocs'] : [];
  const logs = LOGS.test(text) ? names(code(join(dependency(folder, 'k8s.io/component-base'), 'logs/api/v1')), /\bfs\.\w*Var\w*\([^,]+, (?:"([\w-]+)"|([A-Z]\w+)),/g) : [];
  const klog = text.includes('klog.InitFlags(') ? names(code(dependency(folder, 'k8s.io/klog/v2')), /\bcommandLine\.\w*Var\([^,]+, "(\w+)"/g) : [];
  return [...new Set([...own, ...gates, ...standard, ...processors, ...logs, ...klog])].sort();
}
