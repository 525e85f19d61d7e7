/**
 * Nobody is sent more than belongs to it: checked at every datagram that an endpoint of a node, or of a tracker for
 * those who never answered it, hands on in a test, by sums of its own. `setup.ts` puts this between the endpoint and its budget. To an address where nobody ever answered
 * go at most three bytes for each that came from there, and what a node may start itself.
 */
import { printAddress } from '../runtime/address/text.ts';
import type { Endpoint } from '../runtime/endpoint/endpoint.ts';
import { SEND_WINDOW_MS, STARTED_BYTES_PER_TARGET_MAX } from '../runtime/endpoint/limits.ts';
import type { SendBudgetParts } from '../runtime/endpoint/send-budget.ts';

type Sums = { received: number; sent: number };

/** Violations since they were taken last. */
let violations: string[] = [];

export function takeAmplifications(): readonly string[] {
  const all = violations;
  violations = [];
  return all;
}

/** The endpoint with its datagrams added up. */
export function watchAmplification(
  endpoint: Endpoint,
  { clock, isProved }: SendBudgetParts,
): Endpoint {
  const sums = new Map<string, Sums>();
  const startMs = clock.now();
  const sumsOf = (key: string): Sums => {
    const known = sums.get(key) ?? { received: 0, sent: 0 };
    sums.set(key, known);
    return known;
  };
  return {
    get address() {
      return endpoint.address;
    },
    get addresses() {
      return endpoint.addresses;
    },
    get counters() {
      return endpoint.counters;
    },
    kernelDrops: () => endpoint.kernelDrops?.(),
    send(bytes, to) {
      const key = printAddress(to);
      const sent = endpoint.send(bytes, to);
      if (!sent.ok || isProved(to)) return sent;
      const sum = sumsOf(key);
      sum.sent += bytes.length;
      const windows = 1 + Math.ceil((clock.now() - startMs) / SEND_WINDOW_MS);
      const sentMax = 3 * sum.received + windows * STARTED_BYTES_PER_TARGET_MAX;
      if (sum.sent > sentMax) {
        violations.push(`${key} never answered, sent ${sum.received} bytes and got ${sum.sent}`);
      }
      return sent;
    },
    onDatagram(receive) {
      endpoint.onDatagram((bytes, from) => {
        if (!isProved(from)) sumsOf(printAddress(from)).received += bytes.length;
        receive(bytes, from);
      });
    },
    close: () => endpoint.close(),
  };
}
