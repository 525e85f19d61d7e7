import type { Log } from './log.ts';

/**
 * The same log for a program that may bring any: one that throws is not heard, rather than ending what was
 * logged. There is nowhere to say so.
 */
export function guardLog(log: Log): Log {
  return {
    write(level, text, fields) {
      try {
        log.write(level, text, fields);
      } catch {
        // As above.
      }
    },
    isOn(level) {
      try {
        return log.isOn(level);
      } catch {
        return false;
      }
    },
  };
}
