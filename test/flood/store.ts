/** The DHT's messages over a store of a fixed size: an overlay that keeps what strangers send. */
import { dhtProtocol } from '../../generated/dht.ts';
import { BoundedMap } from '../../runtime/base/bounded-map.ts';
import { toHex } from '../../runtime/base/bytes.ts';
import type { Community } from '../../runtime/community/overlay.ts';

/** Targets that are kept, each with the values of one message: 3 MiB when all are as large as can be. */
export const STORED_MAX = 2_000;

export function createStore(): Community<typeof dhtProtocol> {
  return {
    protocol: dhtProtocol,
    create() {
      const stored = new BoundedMap<string, readonly Uint8Array[]>({
        countMax: STORED_MAX,
        onFull: 'drop-least-recently-used',
      });
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
