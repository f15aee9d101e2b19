import { Construct } from 'constructs';
import { refuse } from './cluster-checks';
import { EXTERNAL_USERS } from './external-users';
import { RookExternalCephClusterProps } from './rook-external-ceph-cluster-props';
import { fail } from '../../../findings/report';
import { shown } from '../../../manifest/validate';
import { keyProblem } from '../../auth/cephx-key';
import { CEPH_AUTH_RULES } from '../../auth/rules';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ENDPOINT = /^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\]):[1-9]\d{0,4}$/;

/** CEPH081, CEPH141 */
export function checkConnection(scope: Construct, { fsid, monitors, keys }: RookExternalCephClusterProps): void {
  if (typeof fsid !== 'string' || !UUID.test(fsid)) {
    refuse(scope, 'fsid', fsid, 'it is no fsid', "what ceph fsid prints, such as 'b9127830-b0cc-4e34-aa47-9d1a2e9949a8'");
  }
  const entries = Object.entries(monitors ?? {});
  if (entries.length === 0) {
    refuse(scope, 'monitors', monitors && undefined, 'there are none', "by their names: monitors: { a: '10.0.0.1:3300' } (ceph mon dump)");
  }
  for (const [name, endpoint] of entries) {
    if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name) || !ENDPOINT.test(endpoint) || Number(endpoint.slice(endpoint.lastIndexOf(':') + 1)) > 65535) {
      refuse(scope, `the monitor '${name}'`, endpoint, 'it is no monitor by its name, with host and port', "write each as name: 'host:port', such as a: '10.0.0.1:3300' (msgr v2) or '10.0.0.1:6789' (v1)");
    }
  }
  const ports = new Set(entries.map(([, endpoint]) => endpoint.endsWith(':3300')));
  if (ports.size > 1) {
    refuse(scope, 'monitors', entries.map(([, endpoint]) => endpoint).join(','), 'Rook speaks msgr v2 to all as soon as one has port 3300', 'give all of them port 3300');
  }
  if (keys && keys.healthChecker === undefined) {
    refuse(scope, 'keys.healthChecker', undefined, 'it is missing, and without it Rook asks nothing', 'add what ceph auth print-key client.healthchecker prints, or leave keys out');
  }
  for (const { key, user } of EXTERNAL_USERS) {
    const given = keys?.[key];
    const problem = given === undefined ? undefined : keyProblem(given);
    if (problem) {
      fail(scope, CEPH_AUTH_RULES.CEPH081, { user, problem });
    }
  }
}

/** Where it has its metrics. CEPH141 */
export function monitoringSpec(scope: Construct, { monitoring }: RookExternalCephClusterProps): any {
  if (!monitoring) {
    return undefined;
  }
  const { endpoints = [], port, interval } = monitoring;
  const seconds = interval?.toSeconds({ integral: false });
  const wrong = endpoints.find(ip => !/^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)$/.test(ip));
  if (endpoints.length === 0 || wrong !== undefined) {
    refuse(scope, 'monitoring.endpoints', wrong, 'they are no addresses of managers', "as ceph mgr dump has them: endpoints: ['10.0.0.1']");
  }
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
    refuse(scope, 'monitoring.port', port, 'it is no port', 'leave it out for 9283');
  }
  if (seconds !== undefined && !(Number.isInteger(seconds) && seconds > 0)) {
    refuse(scope, 'monitoring.interval', `${shown(seconds)} seconds`, 'Prometheus asks every so many whole seconds', 'monitoring: { …, interval: Duration.seconds(30) }');
  }
  return { enabled: true, externalMgrEndpoints: endpoints.map(ip => ({ ip })), externalMgrPrometheusPort: port, interval: seconds === undefined ? undefined : `${seconds}s` };
}
