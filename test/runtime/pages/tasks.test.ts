import { expect, test } from 'vitest';
import { createWorld } from '../../../runtime/simulation/index.ts';
import { createTaskScope } from '../../../runtime/tasks/task-scope.ts';
import { failing, square } from '../../fixtures/jobs/jobs.ts';
import { piecesOf, runPiece } from './run-page.ts';

const pieces = piecesOf('tasks.md');

test('the page has all parts of the tutorial of py-ipv8', () => {
  const headings = new Set(pieces.map(({ heading }) => heading));
  expect(headings.size).toBe(7);
});

test.each(pieces)('$heading', async ({ code, output }) => {
  const world = createWorld({ seed: 1 });
  const { clock, workers } = world.env('10.0.0.1');
  const lines: string[] = [];
  const log = (text: unknown): void => void lines.push(`${world.now} ms: ${String(text)}\n`);
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const onError = (error: unknown, task: string): void => {
    log(`error in ${task}: ${error instanceof Error ? error.message : String(error)}`);
  };
  const tasks = createTaskScope({ clock, workers, onError });
  let isOver = false;
  const running = runPiece(code, { tasks, log, sleep, square, failing });
  void running.finally(() => (isOver = true)).catch(() => {});
  await world.runUntil(() => isOver, { withinMs: 60_000 });
  await running;
  expect(lines.join('')).toBe(output);
});
