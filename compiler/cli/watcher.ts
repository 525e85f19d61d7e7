/** Waiting for files to change. */
import { type FSWatcher, watch } from 'node:fs';

/** What `--watch` waits for. */
export type Watcher = {
  /**
   * Waits until something may have changed in one of the directories, not below them, since the last
   * call. False when the user wants to stop.
   */
  changed(directories: ReadonlySet<string>): Promise<boolean>;
  /** Lets go of all directories and signals. */
  close(): void;
};

/** An editor saves in several steps: what follows within this time is one change. */
const SETTLE_MS = 5;

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** What has happened since the last call. */
type Noticed = { isChanged: boolean; isStopped: boolean; wake: () => void };

/**
 * The file system's own notices. Every directory is watched for itself: a recursive watch would go
 * into `node_modules`, and misses what is created in new directories on some systems.
 */
export function createNodeWatcher(): Watcher {
  const open = new Map<string, FSWatcher>();
  const noticed: Noticed = { isChanged: false, isStopped: false, wake: () => undefined };
  const stop = (): void => {
    noticed.isStopped = true;
    noticed.wake();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return {
    async changed(directories) {
      for (const one of open.keys()) if (!directories.has(one)) forget(open, one);
      for (const one of directories) if (!open.has(one)) add(open, one, noticed);
      if (!noticed.isChanged && !noticed.isStopped) {
        await new Promise<void>((resolve) => {
          noticed.wake = resolve;
        });
      }
      if (!noticed.isStopped) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      noticed.isChanged = false;
      return !noticed.isStopped;
    },
    close() {
      for (const one of open.keys()) forget(open, one);
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}

function add(open: Map<string, FSWatcher>, directory: string, noticed: Noticed): void {
  const change = (): void => {
    noticed.isChanged = true;
    noticed.wake();
  };
  // Something may have happened in it before.
  noticed.isChanged = true;
  try {
    const watcher = watch(directory, change);
    // The directory is gone, which is a change like any other.
    watcher.on('error', () => {
      forget(open, directory);
      change();
    });
    open.set(directory, watcher);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isGone) throw error;
  }
}

function forget(open: Map<string, FSWatcher>, directory: string): void {
  open.get(directory)?.close();
  open.delete(directory);
}
