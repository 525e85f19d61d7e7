/**
 * Who meets whom through which kinds of NAT boxes: all pairs of ten connections, with the
 * reference's rule and with ours. A public node introduces; nobody guesses ports.
 */
import { expect, test } from 'vitest';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { STEADY } from '../simulation/hosts.ts';
import { type Connection, CONNECTIONS, knows, startNode } from './fixtures.ts';

const INTRODUCER = '50.0.0.1';
const WALKER = { inside: '10.1.0.1', outside: '90.0.0.1' } as const;
const WALKED = { inside: '10.2.0.1', outside: '91.0.0.1' } as const;

/** True when the walker meets the other, who only made itself known to the introducer. */
async function meets(
  walkerIs: Connection,
  walkedIs: Connection,
  ignoresPunctures: boolean,
): Promise<boolean> {
  const world = createWorld({ seed: 1, link: STEADY });
  const place = ({ box }: Connection, { inside, outside }: typeof WALKER | typeof WALKED) => {
    if (box === undefined) return outside;
    world.nat({ ...box, outside, hosts: [inside] });
    return inside;
  };
  const settings = { introducer: INTRODUCER, ignoresPunctures };
  const introducer = await startNode(world, INTRODUCER);
  // With one peer, the introducer, it has enough.
  const walked = await startNode(world, place(walkedIs, WALKED), { ...settings, peers: 1 });
  const isKnown = () => knows(introducer, walked) && knows(walked, introducer);
  expect(await world.runUntil(isKnown, { withinMs: 2_000 })).toBe(true);
  const walker = await startNode(world, place(walkerIs, WALKER), { ...settings, peers: 2 });
  const met = await world.runUntil(() => knows(walker, walked), { withinMs: 10_000 });
  expect(knows(walker, introducer)).toBe(true);
  for (const node of [introducer, walked, walker]) await node.stop();
  return met;
}

/** Rows walk to columns: `x` where they meet. */
async function matrix(ignoresPunctures: boolean): Promise<boolean[][]> {
  const rows = CONNECTIONS.map((walker) =>
    Promise.all(CONNECTIONS.map((walked) => meets(walker, walked, ignoresPunctures))),
  );
  return Promise.all(rows);
}

function print(met: readonly (readonly boolean[])[]): string[] {
  return CONNECTIONS.map(({ name }, at) => {
    const cells = met[at]?.map((isMet) => (isMet ? 'x' : '.')).join(' ');
    return `${name.padEnd(9)} ${cells}`;
  });
}

/** Ordered pairs, and pairs of which either one may walk. */
function count(met: readonly (readonly boolean[])[]): { ordered: number; unordered: number } {
  const at = (row: number, column: number): boolean => met[row]?.[column] === true;
  let [ordered, unordered] = [0, 0];
  for (const row of CONNECTIONS.keys()) {
    for (const column of CONNECTIONS.keys()) {
      if (at(row, column)) ordered += 1;
      if (column >= row && (at(row, column) || at(column, row))) unordered += 1;
    }
  }
  return { ordered, unordered };
}

test('with the reference’s rule 48 of 100 ordered pairs meet, 35 of 55 unordered', async () => {
  const met = await matrix(true);
  expect(print(met)).toMatchInlineSnapshot(`
    [
      "public    x x x x x . . x . .",
      "EIM/EIF   x x x x x . . x . .",
      "EIM/ADF   x x x x x . . x . .",
      "EIM/APDF  x x x x . . . . . .",
      "ADM/EIF   x x x . x . . x . .",
      "ADM/ADF   x x x . x . . x . .",
      "ADM/APDF  x x x . . . . . . .",
      "APDM/EIF  x x x . x . . x . .",
      "APDM/ADF  x x x . x . . x . .",
      "APDM/APDF x x x . . . . . . .",
    ]
  `);
  expect(count(met)).toEqual({ ordered: 48, unordered: 35 });
});

test('with walks to solicited punctures 64 of 100 meet, the same 35 of 55', async () => {
  const met = await matrix(false);
  expect(print(met)).toMatchInlineSnapshot(`
    [
      "public    x x x x x x x x x x",
      "EIM/EIF   x x x x x x x x x x",
      "EIM/ADF   x x x x x x x x x x",
      "EIM/APDF  x x x x . . . . . .",
      "ADM/EIF   x x x . x x . x x .",
      "ADM/ADF   x x x . x . . x . .",
      "ADM/APDF  x x x . . . . . . .",
      "APDM/EIF  x x x . x x . x x .",
      "APDM/ADF  x x x . x . . x . .",
      "APDM/APDF x x x . . . . . . .",
    ]
  `);
  expect(count(met)).toEqual({ ordered: 64, unordered: 35 });
});
