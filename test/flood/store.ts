/** The DHT's messages over a store of a fixed size: an overlay that keeps what strangers send. */
import { dhtProtocol } from '../../generated/dht.ts';
import { BoundedMap } from '../../runtime/base/bounded-map.ts';
import { toHex } from '../../runtime/base/bytes.ts';
import type { Community } from '../../runtime/community/overlay.ts';

/** Targets that are kept, each with the values of one message. */
export const STORED_MAX = 2_000;
export const VALUES_OF_EACH = 7;
export const VALUE_BYTES = 160;

/**
 * `isFull`: as many values are kept from the start as there can be, so that what they take, some 8
 * MiB of the process, is there before a flood as well as after it.
 */
export function createStore(isFull = false): Community<typeof dhtProtocol> {
  return {
    protocol: dhtProtocol,
    create({ random }) {
      const stored = new BoundedMap<string, readonly Uint8Array[]>({
        countMax: STORED_MAX,
        onFull: 'drop-least-recently-used',
      });
      const keptCount = isFull ? STORED_MAX : 0;
      for (let count = 0; count < keptCount; count++) {
        const values = Array.from({ length: VALUES_OF_EACH }, () => random.bytes(VALUE_BYTES));
        stored.set(toHex(random.bytes(20)), values);
      }
      return {
        handlers: {
          pingRequest: () => ({}),
          storeRequest({ target, values }) {
            stored.set(toHex(target), values);
            return {};
          },
          findRequest: () => undefined,
        },
      };
    },
  };
}
