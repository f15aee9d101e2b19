import { Construct } from 'constructs';
import { CsiEnvVariable, CsiPodOptions, Toleration } from './csi-pod-options';
import { checkSeconds } from './fill-parts';
import { CSI_RULES } from './rules';
import { fail } from '../findings/report';
import { checkLabel, checkMetadata, checkSubdomain } from '../manifest/validate';

/** What the API server takes as a field of a pod in a variable. */
const FIELD = /^(metadata\.(name|namespace|uid|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))$/;
const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const CPU = /^(\d+m|\d+(\.\d{1,3})?)$/;
const EFFECTS = [undefined, 'NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** CSI013 */
function refuse(scope: Construct, what: string, problem: string, expected: string): never {
  return fail(scope, CSI_RULES.CSI013, { what, problem, expected });
}

/**
 * Puts into a workload what its user added to our pods. It works on the manifest, because what he gives is raw.
 *
 * @param what `controller` or `node`, for messages
 * @param plugin the name of the driver's own container
 */
export function extendPods(scope: Construct, what: string, workload: any, plugin: string, options: CsiPodOptions, imagePullSecrets: readonly string[]): any {
  const { metadata, spec } = workload.spec.template;
  const driver = spec.containers.find((container: any) => container.name === plugin);
  const { nodeSelector = {}, podLabels = {}, podAnnotations, env = [], tolerations = [] } = options;
  const { extraContainers, extraVolumes, extraVolumeMounts, affinity } = copied(options);
  checkMetadata(scope, nodeSelector);
  checkMetadata(scope, podLabels, podAnnotations);
  metadata.labels = { ...podLabels, ...metadata.labels };
  if (podAnnotations) {
    metadata.annotations = { ...podAnnotations };
  }
  spec.nodeSelector = { ...nodeSelector, ...spec.nodeSelector };
  spec.tolerations.push(...tolerations.map(toleration => checkToleration(scope, `${what}.tolerations`, toleration)));
  spec.affinity = affinity ?? spec.affinity;
  if (options.priorityClassName !== undefined) {
    spec.priorityClassName = checkSubdomain(scope, `${what}.priorityClassName`, options.priorityClassName);
  }
  spec.imagePullSecrets = pullSecrets(scope, imagePullSecrets);
  if (options.terminationGracePeriod) {
    spec.terminationGracePeriodSeconds = checkSeconds(scope, `${what}.terminationGracePeriod`, options.terminationGracePeriod, 0);
  }
  if (options.cpuRequest !== undefined && !(CPU.test(options.cpuRequest) && parseFloat(options.cpuRequest) > 0)) {
    refuse(scope, `${what}.cpuRequest`, `'${options.cpuRequest}' is no amount of CPU`, "write '10m' or '0.5'");
  }
  if (options.preStopCommand) {
    if (options.preStopCommand.length === 0 || !options.preStopCommand.every(word => typeof word === 'string' && word !== '')) {
      refuse(scope, `${what}.preStopCommand`, 'it has no words, or an empty one', "write the program and its arguments: ['/bin/driver', 'pre-stop-hook']");
    }
    const [program] = options.preStopCommand;
    if (/\s/.test(program)) {
      const words = [...program.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [], ...options.preStopCommand.slice(1)].map(word => `'${word.replace(/^(["'])(.*)\1$/, '$2')}'`);
      refuse(scope, `${what}.preStopCommand`, `there is no program called '${program}': no shell splits it`, `write each word by itself: [${words.join(', ')}]`);
    }
    driver.lifecycle = { preStop: { exec: { command: [...options.preStopCommand] } } };
  }
  driver.env.push(...env.map(variable => renderVariable(scope, `${what}.env`, variable)));
  checkNames(scope, `${what}.env`, driver.env, () => true);
  for (const [property, own, extra] of [['extraVolumes', spec.volumes, extraVolumes], ['extraContainers', spec.containers, extraContainers]] as const) {
    own.push(...extra);
    checkNames(scope, `${what}.${property}`, own, name => checkLabel(scope, `a name in ${what}.${property}`, name) !== '');
  }
  driver.volumeMounts.push(...extraVolumeMounts);
  checkMounts(scope, `${what}.extraVolumeMounts`, driver.volumeMounts, spec.volumes);
  // No noise where there is none.
  spec.volumes = spec.volumes.length > 0 ? spec.volumes : undefined;
  driver.volumeMounts = driver.volumeMounts.length > 0 ? driver.volumeMounts : undefined;
  return workload;
}

/** The Secrets with which images are pulled, each once; nothing where there are none. */
export function pullSecrets(scope: Construct, names: readonly string[] = []): { readonly name: string }[] | undefined {
  return names.length === 0 ? undefined : [...new Set(names)].map(name => ({ name: checkSubdomain(scope, 'imagePullSecrets', name) }));
}

/** What is raw, as JSON of our own: it may be shared, or no plain object. */
function copied({ extraContainers = [], extraVolumes = [], extraVolumeMounts = [], affinity }: CsiPodOptions): { [raw: string]: any } {
  return JSON.parse(JSON.stringify({ extraContainers, extraVolumes, extraVolumeMounts, affinity }));
}

function checkNames(scope: Construct, what: string, entries: readonly any[], isName: (name: string) => boolean): void {
  const names = entries.map(entry => entry?.name);
  const nameless = names.findIndex(name => typeof name !== 'string' || !isName(name));
  if (nameless >= 0) {
    refuse(scope, what, `entry ${nameless + 1} of all has no name`, 'write each as in a manifest, with its name');
  }
  const again = names.find((name, index) => names.indexOf(name) < index);
  if (again !== undefined) {
    refuse(scope, what, `the name '${again}' is taken`, `give another one; these are taken: ${[...new Set(names)].join(', ')}`);
  }
}

function checkMounts(scope: Construct, what: string, mounts: readonly any[], volumes: readonly any[]): void {
  const paths = mounts.map(mount => `${mount?.mountPath ?? ''}`.replace(/(?<=.)\/+$/, ''));
  const again = paths.find((path, index) => paths.indexOf(path) < index);
  const unknown = mounts.find(mount => !volumes.some(volume => volume.name === mount?.name));
  const problem = paths.some(path => path === '' || path.includes(':')) ? 'a mountPath is missing, or has a colon in it'
    : again !== undefined ? `something is mounted at '${again}' already`
      : unknown !== undefined ? `there is no volume '${unknown?.name ?? ''}'` : undefined;
  if (problem) {
    refuse(scope, what, problem, `give name and mountPath of a volume of its own; volumes of the pod: ${volumes.map(volume => volume.name).join(', ')}`);
  }
}

function renderVariable(scope: Construct, what: string, variable: CsiEnvVariable): any {
  const { name, value, secretName, secretKey, fieldPath } = variable;
  const sources = [value, secretName, fieldPath].filter(source => source !== undefined).length;
  const problem = !VARIABLE.test(name ?? '') ? 'it is no name of a variable'
    : sources !== 1 ? 'it needs exactly one of value, secretName and fieldPath'
      : secretKey !== undefined && (secretName === undefined || !/^[-._a-zA-Z0-9]{1,253}$/.test(secretKey)) ? 'its secretKey is no key of a Secret'
        : fieldPath !== undefined && !FIELD.test(fieldPath) ? `a pod has no field '${fieldPath}' for variables` : undefined;
  if (problem) {
    refuse(scope, `${what} '${name ?? ''}'`, problem, "write { name: 'LOG', value: 'debug' }, { name: 'TOKEN', secretName: 'credentials' } or { name: 'HOST', fieldPath: 'status.hostIP' }");
  }
  return secretName !== undefined ? { name, valueFrom: { secretKeyRef: { name: checkSubdomain(scope, `the Secret of ${what} '${name}'`, secretName), key: secretKey ?? name } } }
    : fieldPath !== undefined ? { name, valueFrom: { fieldRef: { fieldPath } } } : { name, value };
}

/** CSI013 */
export function checkToleration(scope: Construct, what: string, toleration: Toleration): Toleration {
  const { key, operator, value, effect } = toleration;
  const problem = ![undefined, 'Equal', 'Exists'].includes(operator) ? `there is no operator '${operator}'`
    : key === undefined && operator !== 'Exists' ? 'without a key the operator has to be Exists'
      : operator === 'Exists' && value !== undefined ? 'with Exists there is no value'
        : !EFFECTS.includes(effect) ? `there is no effect '${effect}'` : undefined;
  if (problem) {
    refuse(scope, what, problem, "write { key: 'storage', operator: 'Exists' } or { key: 'dedicated', value: 'storage', effect: 'NoSchedule' }");
  }
  checkMetadata(scope, { [key ?? 'any']: value ?? '' });
  return { ...toleration };
}

