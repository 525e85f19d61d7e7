import { createServer, type Server } from 'node:http';
import { type Node, printMetrics, PROMETHEUS_CONTENT_TYPE } from '../runtime/index.ts';

/**
 * Answers `GET /metrics` with the node's numbers, for Prometheus, to this machine only. Port 0 lets
 * the system choose one; close the server when the node stops.
 */
export function serveMetrics(node: Node, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end();
    } else if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET' }).end();
    } else {
      response.writeHead(200, { 'content-type': PROMETHEUS_CONTENT_TYPE });
      response.end(printMetrics(node.metrics()));
    }
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
