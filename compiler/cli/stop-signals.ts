/** Waiting for the user to end a command that would go on. */

/** What a command that goes on waits for. */
export type StopSignals = {
  /** Resolves when the user wants the command to end. */
  readonly stopped: Promise<void>;
  /** Lets go of the signals: the next one ends the process. */
  close(): void;
};

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Ctrl+C, and what a service manager sends. */
export function createStopSignals(): StopSignals {
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  for (const signal of SIGNALS) process.on(signal, stop);
  return {
    stopped,
    close: () => {
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}
