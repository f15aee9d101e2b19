import { collectDefaultMetrics, Counter, Gauge, Histogram, register } from 'prom-client';

const PREFIX = 'storage_operator_';

collectDefaultMetrics();

export const reconciles = new Counter({ name: `${PREFIX}reconciles_total`, help: 'Reconciliations, by how they ended.', labelNames: ['result'] as const });
export const reconcileSeconds = new Histogram({ name: `${PREFIX}reconcile_seconds`, help: 'How long a reconciliation took.', buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30] });
export const apiCalls = new Counter({ name: `${PREFIX}api_calls_total`, help: 'Calls of the API server, by verb, resource and code of the answer.', labelNames: ['verb', 'resource', 'code'] as const });
export const watchRestarts = new Counter({ name: `${PREFIX}watch_restarts_total`, help: 'Lists and watches that failed, by resource and cause.', labelNames: ['resource', 'cause'] as const });
export const isLeader = new Gauge({ name: `${PREFIX}is_leader`, help: 'Whether this copy has the lease.' });
export const queueDepth = new Gauge({ name: `${PREFIX}queue_depth`, help: 'Storages that wait for a worker.' });

/** Of all of them, as Prometheus reads it. */
export const metricsText = () => register.metrics();
export const METRICS_TYPE = register.contentType;
