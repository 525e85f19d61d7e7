/** What a cell carries: a message whose first field, the circuit, is the cell's. */
import type { Cell } from '../../generated/tunnel.ts';
import { concatBytes } from '../../runtime/base/bytes.ts';

/** A message of a cell, with its first field in its place. */
export type Content = { readonly id: number; readonly bytes: Uint8Array };

/** Of a cell without ciphertext; undefined of one that carries nothing. */
export function contentOf({ circuitId, message }: Cell): Content | undefined {
  return message.length === 0 ? undefined : inCell(circuitId, message);
}

/** The message behind a cell's header: an id, and its fields but the first. */
export function inCell(circuitId: number, message: Uint8Array): Content {
  const [id = 0] = message;
  const circuit = new Uint8Array(4);
  new DataView(circuit.buffer).setUint32(0, circuitId);
  return { id, bytes: concatBytes(circuit, message.subarray(1)) };
}
