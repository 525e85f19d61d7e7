/** Packets that py-ipv8 made, by the ids they are recorded under. */
import { readFileSync } from 'node:fs';

export type Recorded = {
  readonly id: string;
  readonly name: string;
  readonly community: string;
  readonly hex: string;
};

type Scene = { readonly valid: readonly Recorded[]; readonly hostile: readonly Recorded[] };

const file = new URL('../../../vectors/packets.json', import.meta.url);
const { scenes } = JSON.parse(readFileSync(file, 'utf8')) as { readonly scenes: readonly Scene[] };

export const RECORDED: readonly Recorded[] = scenes.flatMap(({ hostile, valid }) => [
  ...valid,
  ...hostile,
]);

/** The packet's hexadecimal text. */
export function recorded(id: string): string {
  const found = RECORDED.find((one) => one.id === id);
  if (found === undefined) throw new Error(`nothing is recorded as ${id}`);
  return found.hex;
}
