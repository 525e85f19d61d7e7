/** The sockets of a configuration, as one endpoint. */
import type { InterfaceConfig } from '../config/config.ts';
import { createDispatcher } from '../endpoint/dispatcher.ts';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { openUdpEndpoint } from '../endpoint/udp-endpoint.ts';
import type { Env } from '../env/env.ts';
import { StartError } from './start-error.ts';

/**
 * Opens every interface. One that cannot be had, on a machine without IPv6 for instance, is logged
 * and left out, as long as there is another one. `portsToTry` counts upward from the first port.
 * @throws StartError when none can be opened.
 */
export async function openEndpoint(
  env: Env,
  interfaces: readonly InterfaceConfig[],
  portsToTry?: number,
): Promise<Endpoint> {
  const [first, ...others] = interfaces;
  if (first === undefined) throw new StartError('endpoint', 'the configuration has no interface');
  const opened: Endpoint[] = [];
  const errors: Error[] = [];
  for (const { ip, port } of [first, ...others]) {
    const result = await openUdpEndpoint(env, {
      host: ip,
      port,
      ...(portsToTry !== undefined && { portsToTry }),
    });
    if (result.ok) opened.push(result.value);
    else errors.push(result.error);
  }
  const [only, ...more] = opened;
  if (only === undefined) {
    const reasons = errors.map(({ message }) => message).join('; ');
    throw new StartError('endpoint', reasons, errors[0]);
  }
  for (const { message: reason } of errors) {
    env.log.write('WARNING', 'interface left out', { reason });
  }
  return more.length === 0 ? only : createDispatcher(opened);
}
