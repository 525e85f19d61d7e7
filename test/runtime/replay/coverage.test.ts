/** Nothing that was recorded is left out without a word: the table in the README names it all. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Scene, scenes } from '../packet/vectors.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const rows = [...readme.matchAll(/^\| (\w+: .+?) +\| (.+?) +\|$/gm)].map(
  ([, group = '', place = '']) => [group, place] as const,
);

function sweepsOf({ mutation_sweeps, truncation_sweeps, msg_id_sweeps }: Scene) {
  return [mutation_sweeps, truncation_sweeps, msg_id_sweeps].flatMap((sweeps) => sweeps ?? []);
}

test('every group of recordings has its row, and every row its recordings', () => {
  const groups = scenes.flatMap((scene) => [
    ...scene.valid.map(({ community, msg_id }) => {
      if (!['vec', 'discovery'].includes(community)) return `valid: ${community}`;
      return `valid: ${community}, ${msg_id > 230 ? 'introductions' : 'own messages'}`;
    }),
    ...scene.hostile.map(({ community }) => `hostile: ${community}`),
    ...sweepsOf(scene).map(({ community }) => `sweep: ${community}`),
    ...scene.transcripts.map(({ name }) => `transcript: ${name}`),
    ...Object.keys(scene.misc).map((name) => `misc: ${name}`),
  ]);
  expect(rows.map(([group]) => group).toSorted()).toEqual([...new Set(groups)].toSorted());
});

test('the tests that the rows name are there', () => {
  const named = rows.flatMap(([, place]) => [...place.matchAll(/[\w-]+\.test\.ts/g)]);
  const missing = named.filter(([name]) => !existsSync(new URL(name, import.meta.url)));
  expect(missing.map(([name]) => name)).toEqual([]);
  expect(named.length).toBeGreaterThan(8);
});

test('what is left to the packets was answered by nobody, or by an overlay that is not built', () => {
  const left = rows.filter(([, place]) => /^packets(: nothing answers them)?$/.test(place));
  const groups = left.map(([group]) => group);
  const answered = scenes.flatMap((scene) => [
    ...scene.valid
      .filter(({ community, msg_id }) => community === 'vec' && msg_id <= 230)
      .filter(({ outcome }) => outcome.sent !== undefined),
    ...sweepsOf(scene)
      .filter(({ community }) => groups.includes(`sweep: ${community}`))
      .filter((sweep) => JSON.stringify(sweep).includes('"sent"')),
  ]);
  expect(answered.map(({ id }) => id)).toEqual([]);
});
