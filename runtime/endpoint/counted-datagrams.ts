/** Sockets beside the endpoint's own: what passes through them is counted too. */
import { ok } from '../base/result.ts';
import type { Datagrams } from '../env/datagrams.ts';
import { countError, type EndpointTally } from './counters.ts';

/** The same, with all that its sockets receive, send and are refused in `tally`, as `elsewhere`. */
export function countDatagrams(datagrams: Datagrams, tally: EndpointTally): Datagrams {
  return {
    async bind(at, callbacks, options) {
      const bound = await datagrams.bind(
        at,
        {
          onDatagram(bytes, from) {
            tally.received += 1;
            tally.receivedBytes += bytes.length;
            tally.elsewhere += 1;
            callbacks.onDatagram(bytes, from);
          },
          onError(error) {
            countError(tally.errors, error.code);
            callbacks.onError(error);
          },
        },
        options,
      );
      if (!bound.ok) return bound;
      const socket = bound.value;
      return ok({
        address: socket.address,
        send(bytes, to) {
          tally.sent += 1;
          tally.sentBytes += bytes.length;
          socket.send(bytes, to);
        },
        kernelDrops: () => socket.kernelDrops?.(),
        close: () => socket.close(),
      });
    },
  };
}
