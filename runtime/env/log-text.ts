/** A log entry as one line that nobody's value can break out of. */
import type { LogFields, LogLevel } from './log.ts';

/** Longer values are cut: a peer may choose what we log, not how much of it. */
const VALUE_LENGTH_MAX = 256;

const SEVERITY: { readonly [Level in LogLevel]: number } = {
  DEBUG: 10,
  INFO: 20,
  WARNING: 30,
  ERROR: 40,
  CRITICAL: 50,
};

/** True when an entry of this level is written at the threshold. */
export function isLevelOn(level: LogLevel, threshold: LogLevel): boolean {
  return SEVERITY[level] >= SEVERITY[threshold];
}

/** What a line is made of. */
export type LogEntry = {
  /** Milliseconds since 1970. */
  readonly wallTime: number;
  readonly level: LogLevel;
  readonly text: string;
  readonly fields: LogFields;
};

/** `2026-01-31T12:00:00.000Z INFO overlay started name=Lamport peers=3`, without a line end. */
export function printLogEntry(entry: LogEntry): string {
  const parts = [new Date(entry.wallTime).toISOString(), entry.level, escape(entry.text)];
  for (const [name, value] of Object.entries(entry.fields)) {
    if (value !== undefined) parts.push(`${escape(name)}=${printValue(value)}`);
  }
  return parts.join(' ');
}

function printValue(value: string | number | boolean): string {
  const text = String(value);
  const cut = text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}…` : text;
  // Quoted when it could be taken for more than one value.
  return /^[\w.:/@+\-[\]]+$/.test(cut) ? cut : escape(JSON.stringify(cut));
}

/**
 * Control characters, line and paragraph ends, and invisible ones (text direction, half surrogates)
 * as \uXXXX: they could forge lines, steer a terminal or turn text around.
 */
function escape(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (found) =>
    Array.from({ length: found.length }, (_, at) => {
      return `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
