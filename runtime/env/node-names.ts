import dns from 'node:dns';
import { createAddress } from '../address/text.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, ok } from '../base/result.ts';
import type { HostAddress } from './interfaces.ts';
import type { Names } from './names.ts';

/** What may be chosen of name resolution. */
export type NodeNamesOptions = {
  /** Name servers, as `127.0.0.1:5353`; the system's unless given. */
  readonly servers?: readonly string[];
};

/** RFC 6761 §6.3: no name server is to be asked for it. */
const LOCALHOST: readonly HostAddress[] = [
  { kind: 'ipv4', host: '127.0.0.1' },
  { kind: 'ipv6', host: '::1' },
];

/**
 * The name servers of this machine, asked for both families. The file of hosts is not looked at: the
 * system's own lookup, which does, can neither be stopped nor left alone by a process that ends.
 */
export function createNodeNames({ servers }: NodeNamesOptions = {}): Names {
  return {
    async lookUp(name, signal) {
      if (name.toLowerCase() === 'localhost') return ok(LOCALHOST);
      const resolver = new dns.promises.Resolver();
      if (servers !== undefined) resolver.setServers(servers);
      const cancel = (): void => resolver.cancel();
      if (signal.aborted) return fail(failure(name, new Error('it was aborted')));
      signal.addEventListener('abort', cancel, { once: true });
      const answers = await Promise.allSettled([
        (async () => resolver.resolve4(name))(),
        (async () => resolver.resolve6(name))(),
      ]);
      signal.removeEventListener('abort', cancel);
      const found = answers.flatMap((answer) =>
        answer.status === 'fulfilled' ? answer.value.flatMap(hostAddress) : [],
      );
      if (found.length > 0) return ok(found);
      const [refused] = answers.filter((answer) => answer.status === 'rejected');
      return fail(failure(name, refused?.reason ?? new Error('it has no address')));
    },
  };
}

function hostAddress(text: string): readonly HostAddress[] {
  const { kind, host } = createAddress(text, 0);
  return kind === 'domain' ? [] : [{ kind, host }];
}

function failure(name: string, cause: unknown): NetworkError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new NetworkError('no-address', `cannot look up "${name}": ${reason}`, cause);
}
