import { expect, test } from 'vitest';
import { Listeners } from '../../../runtime/base/listeners.ts';

const fail = (error: unknown): never => {
  throw error;
};

test('listeners hear every event in the order they were added', () => {
  const heard: string[] = [];
  const listeners = new Listeners<number>();
  listeners.add((event) => heard.push(`first ${event}`));
  listeners.add((event) => heard.push(`second ${event}`));
  listeners.emit(1, fail);
  listeners.emit(2, fail);
  expect(heard).toEqual(['first 1', 'second 1', 'first 2', 'second 2']);
});

test('a function added twice is called twice and taken away once', () => {
  let count = 0;
  const listeners = new Listeners<undefined>();
  const listener = (): void => {
    count += 1;
  };
  const stop = listeners.add(listener);
  listeners.add(listener);
  stop();
  stop();
  listeners.emit(undefined, fail);
  expect(count).toBe(1);
  expect(listeners.size).toBe(1);
});

test('a listener taken away during an event is not called, one added waits for the next', () => {
  const heard: string[] = [];
  const listeners = new Listeners<undefined>();
  listeners.add(() => {
    stop();
    listeners.add(() => heard.push('late'));
  });
  const stop = listeners.add(() => heard.push('gone'));
  listeners.emit(undefined, fail);
  expect(heard).toEqual([]);
  listeners.emit(undefined, fail);
  expect(heard).toEqual(['late']);
});

test('one that throws does not keep the others from hearing', () => {
  const errors: unknown[] = [];
  const heard: string[] = [];
  const failure = new Error('broken listener');
  const listeners = new Listeners<undefined>();
  listeners.add(() => {
    throw failure;
  });
  listeners.add(() => heard.push('other'));
  listeners.emit(undefined, (error) => errors.push(error));
  expect(errors).toEqual([failure]);
  expect(heard).toEqual(['other']);
});

test('one that rejects, or gives back something odd, is told of like one that throws', async () => {
  const errors: unknown[] = [];
  const failure = new Error('broken listener');
  const listeners = new Listeners<undefined>();
  const odd = new Proxy({}, { has: () => true, get: () => expect.fail('a getter of then') });
  // As a program may that is not type-checked.
  for (const given of [Promise.reject(failure), odd]) listeners.add(() => given);
  listeners.emit(undefined, (error) => errors.push(error));
  await Promise.resolve().then(() => undefined);
  expect(errors.length).toBe(2);
  expect(errors).toContain(failure);
});
