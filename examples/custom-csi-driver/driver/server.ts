#!/usr/bin/env node
import { mkdir, rm } from 'fs/promises';
import { dirname, join } from 'path';
import { promisify, parseArgs } from 'util';
import { handleUnaryCall, loadPackageDefinition, Server, ServerCredentials, ServiceClientConstructor, ServiceDefinition, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { ControllerService } from './controller';
import { CsiError, Topology } from './csi';
import { Fault, withFaults } from './faults';
import { IdentityService } from './identity';
import { NodeService } from './node';
import { Snapshot, Store, Volume } from './store';

const VERSION = 'v1.0.0';

const { values: flags } = parseArgs({
  options: {
    'endpoint': { type: 'string', default: 'unix:///csi/csi.sock' },
    'nodeid': { type: 'string' },
    'driver-name': { type: 'string', default: 'local.csi.example.com' },
    'data': { type: 'string', default: '/var/lib/csi-local' },
    'max-volumes-per-node': { type: 'string', default: '128' },
    'faults': { type: 'boolean', default: false },
  },
});

/** The calls of one service, each logged with how it ended. What they carry is not: there may be secrets in it. */
function handlers(definition: ServiceDefinition, service: object): { [call: string]: handleUnaryCall<any, any> } {
  const calls = Object.entries(definition).map(([name, { originalName }]): [string, handleUnaryCall<any, any>] => [name, (call, callback) => {
    const began = Date.now();
    const { volumeId, snapshotId, name: called } = call.request;
    const log = (how: string) => console.log(`${new Date().toISOString()} ${name} ${volumeId || snapshotId || called || ''} ${Date.now() - began} ms ${how}`);
    const work = (fault: Fault) => (service as any)[originalName!](call.request, fault) as Promise<object>;
    (flags.faults ? withFaults(flags.data, name, work) : work({})).then(
      response => {
        if (name !== 'Probe') {
          log('OK');
        }
        callback(null, response);
      },
      (error: Error) => {
        const code = error instanceof CsiError ? error.code : status.INTERNAL;
        log(`${status[code]}: ${error.message}`);
        callback({ code, message: error.message });
      },
    );
  }]);
  return Object.fromEntries(calls);
}

async function main(): Promise<void> {
  const { endpoint, nodeid: nodeId, data: root, 'driver-name': driverName } = flags;
  if (!nodeId) {
    throw new Error('--nodeid is missing');
  }
  const topology: Topology = { segments: { [`topology.${driverName}/node`]: nodeId } };
  const options = { root, nodeId, topology, maxVolumesPerNode: Number(flags['max-volumes-per-node']) };
  const volumes = new Store<Volume>(join(root, 'volumes'));
  const snapshots = new Store<Snapshot>(join(root, 'snapshots'));
  await Promise.all([volumes.open(), snapshots.open()]);
  const server = new Server();
  // As the first process of its container it would not be stopped otherwise.
  ['SIGTERM', 'SIGINT'].forEach(signal => process.on(signal, () => server.tryShutdown(() => process.exit(0))));

  const definition = loadSync(join(__dirname, 'csi.proto'), { longs: Number, enums: String, defaults: true, arrays: true, objects: true });
  const { Identity, Controller, Node } = (loadPackageDefinition(definition) as any).csi.v1 as { [service: string]: ServiceClientConstructor };
  const services: [ServiceClientConstructor, object][] = [
    [Identity, new IdentityService(driverName, VERSION)],
    [Controller, new ControllerService(options, volumes, snapshots)],
    [Node, new NodeService(options, volumes)],
  ];
  services.forEach(([{ service }, implementation]) => server.addService(service, handlers(service, implementation)));

  const socket = endpoint.replace(/^unix:\/\//, '');
  await mkdir(dirname(socket), { recursive: true });
  await rm(socket, { force: true }); // of a container before this one
  await promisify(server.bindAsync.bind(server))(`unix://${socket}`, ServerCredentials.createInsecure());
  console.log(`${driverName} ${VERSION} on ${nodeId}, at ${socket}, data in ${root}`);
  await Promise.all([volumes.tidy(), snapshots.tidy()]);
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
