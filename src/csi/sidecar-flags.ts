/** Of csi-lib-utils 0.24 (standardflags), which all but the oldest take as they are. */
const STANDARD = [
  'version', 'kubeconfig', 'csi-address', 'leader-election', 'leader-election-namespace', 'leader-election-lease-duration', 'leader-election-renew-deadline',
  'leader-election-retry-period', 'leader-election-labels', 'kube-api-qps', 'kube-api-burst', 'http-endpoint', 'metrics-address', 'metrics-path', 'automaxprocs',
];
/** What the releases before it have of these. */
const EARLIER = STANDARD.filter(flag => flag !== 'leader-election-labels');
/** Of k8s.io/component-base (logs/api/v1), with its JSON format. */
const LOGS = [
  'v', 'vmodule', 'logging-format', 'log-flush-frequency', 'log-text-split-stream', 'log-text-info-buffer-size', 'log-json-split-stream', 'log-json-info-buffer-size',
];
/** Of k8s.io/klog/v2, where a program takes these instead. */
const KLOG = [
  'v', 'vmodule', 'log_dir', 'log_file', 'log_file_max_size', 'logtostderr', 'alsologtostderr', 'legacy_stderr_threshold_behavior', 'add_dir_header', 'skip_headers',
  'one_output', 'skip_log_headers', 'stderrthreshold', 'alsologtostderrthreshold', 'log_backtrace_at',
];
const RETRIES = ['retry-interval-start', 'retry-interval-max'];

const PROVISIONER = [
  ...LOGS, ...RETRIES, 'feature-gates', 'master', 'timeout', 'worker-threads', 'volume-name-prefix', 'volume-name-uuid-length', 'cloning-protection-threads', 'strict-topology',
  'immediate-topology', 'extra-create-metadata', 'enable-pprof', 'default-fstype', 'kube-api-capacity-qps', 'kube-api-capacity-burst', 'enable-capacity', 'capacity-threads',
  'capacity-for-immediate-binding', 'capacity-poll-interval', 'capacity-ownerref-level', 'node-deployment', 'node-deployment-immediate-binding', 'node-deployment-base-delay',
  'node-deployment-max-delay', 'controller-publish-readonly', 'prevent-volume-mode-conversion',
];
const RESIZER = [...LOGS, ...RETRIES, 'feature-gates', 'master', 'resync-period', 'workers', 'extra-modify-metadata', 'timeout', 'handle-volume-inuse-error'];

/** Every flag that the release of a row defines: with another one it does not start. `npm run test:upstream` holds them against its code. */
export const FLAGS = {
  provisioner: [...STANDARD, ...PROVISIONER, 'snapshot-orphan-sweep-interval'],
  // It defines this one too late for its parser to see it.
  provisionerOfBeta: [...EARLIER, ...PROVISIONER].filter(flag => flag !== 'automaxprocs'),
  attacher: [...STANDARD, ...LOGS, ...RETRIES, 'feature-gates', 'resync', 'timeout', 'worker-threads', 'max-entries', 'default-fstype', 'reconcile-sync', 'max-grpc-log-length'],
  resizer: [...STANDARD, ...RESIZER],
  resizerOfBeta: [...EARLIER, ...RESIZER],
  snapshotter: [
    ...STANDARD, ...LOGS, ...RETRIES, 'feature-gates', 'resync-period', 'snapshot-name-prefix', 'snapshot-name-uuid-length', 'worker-threads', 'timeout', 'extra-create-metadata',
    'node-deployment', 'groupsnapshot-name-prefix', 'groupsnapshot-name-uuid-length',
  ],
  healthMonitor: [
    ...STANDARD, ...LOGS, 'monitor-interval', 'resync', 'timeout', 'list-volumes-interval', 'volume-list-add-interval', 'node-list-add-interval', 'worker-threads', 'enable-node-watcher',
  ],
  snapshotMetadata: [
    ...KLOG, 'kubeconfig', 'csi-address', 'version', 'timeout', 'port', 'tls-cert', 'tls-key', 'audience', 'max-streaming-duration-min', 'kube-api-qps', 'kube-api-burst',
    'http-endpoint', 'metrics-path', 'disable-metrics',
  ],
  nodeDriverRegistrar: [
    ...LOGS, 'automaxprocs', 'connection-timeout', 'timeout', 'csi-address', 'plugin-registration-path', 'kubelet-registration-path', 'health-port', 'http-endpoint', 'version', 'mode',
    'enable-pprof',
  ],
  livenessProbe: [...LOGS, 'automaxprocs', 'probe-timeout', 'csi-address', 'health-port', 'metrics-address', 'http-endpoint', 'metrics-path'],
};
