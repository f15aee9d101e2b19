import { createServer, Server } from 'http';
import { metricsText, METRICS_TYPE } from './metrics';

export interface HealthOptions {
  readonly healthPort: number;
  readonly metricsPort: number;
  /** What is not ready yet; nothing where all is. */
  readonly waitingFor: () => string | undefined;
}

/** /healthz: the process answers. /readyz: it works, or waits for the lease. /metrics, on a port of its own. */
export async function serve({ healthPort, metricsPort, waitingFor }: HealthOptions): Promise<() => void> {
  const health = createServer(({ url }, response) => {
    const missing = url === '/readyz' ? waitingFor() : undefined;
    const known = url === '/healthz' || url === '/readyz';
    response.writeHead(!known ? 404 : missing ? 503 : 200, { 'Content-Type': 'text/plain' }).end(missing ?? (known ? 'ok' : 'not found'));
  });
  const metrics = createServer(({ url }, response) => {
    if (url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metricsText().then(text => response.writeHead(200, { 'Content-Type': METRICS_TYPE }).end(text), () => response.writeHead(500).end());
  });
  await Promise.all([listen(health, healthPort), listen(metrics, metricsPort)]);
  return () => [health, metrics].forEach(server => {
    server.close();
    server.closeAllConnections();
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, resolve);
  });
}
