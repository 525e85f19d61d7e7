import type { Log, LogLevel } from './log.ts';
import { isLevelOn, printLogEntry } from './log-text.ts';

/** Where the process's log goes, and from which level on. */
export type NodeLogOptions = {
  /** Entries below are not written; INFO unless given, as in py-ipv8. */
  readonly logLevel?: LogLevel;
  /** Takes one line with its line end; standard error unless given. */
  readonly write?: (line: string) => void;
};

/** A log of one line per entry. */
export function createNodeLog(options: NodeLogOptions = {}): Log {
  const { logLevel = 'INFO', write = (line: string) => void process.stderr.write(line) } = options;
  return {
    isOn: (level) => isLevelOn(level, logLevel),
    write(level, text, fields = {}) {
      if (!isLevelOn(level, logLevel)) return;
      write(`${printLogEntry({ wallTime: Date.now(), level, text, fields })}\n`);
    },
  };
}
