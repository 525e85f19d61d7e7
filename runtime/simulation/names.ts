/** The name service of a simulated world. */
import { createAddress } from '../address/text.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok } from '../base/result.ts';
import type { Clock } from '../env/clock.ts';
import type { HostAddress } from '../env/interfaces.ts';
import type { Names } from '../env/names.ts';
import { demand } from './demand.ts';

/** How long an answer takes. */
const LOOKUP_MS = 20;

export class SimulatedNames {
  /** As many as the test gives. */
  readonly #hosts = new Map<string, readonly HostAddress[] | 'silent'>();

  set(name: string, hosts: readonly string[] | 'silent'): void {
    const addresses = hosts === 'silent' ? hosts : hosts.map((host) => hostAddress(host, name));
    this.#hosts.set(name, addresses);
  }

  /** As a program sees it whose clock this is. */
  seenBy(clock: Clock): Names {
    return {
      lookUp: (name, signal) =>
        new Promise((resolve) => {
          const refuse = (): void => {
            const error = new NetworkError('no-address', `cannot look up "${name}": not found`);
            resolve(fail(error));
          };
          if (signal.aborted) return refuse();
          signal.addEventListener('abort', refuse, { once: true });
          if (this.#hosts.get(name) === 'silent') return;
          clock.after(LOOKUP_MS, () => {
            signal.removeEventListener('abort', refuse);
            const hosts = this.#hosts.get(name);
            if (hosts === undefined || hosts === 'silent' || hosts.length === 0) refuse();
            else resolve(ok(hosts));
          });
        }),
    };
  }
}

function hostAddress(host: string, name: string): HostAddress {
  const { kind, host: text } = createAddress(host, 0);
  demand(kind !== 'domain', `the name "${name}" for "${host}": give it IP addresses`);
  return { kind, host: text };
}
