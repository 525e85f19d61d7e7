/** From chatty to silent, as in py-ipv8's configuration. */
export type LogLevel = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

export type LogFields = { readonly [name: string]: string | number | boolean | undefined };

/** Where log lines go. `text` is a sentence without variable parts; those are in `fields`. */
export type Log = {
  write(level: LogLevel, text: string, fields?: LogFields): void;
  /** True when such a line would be written; asked before a line is costly to make. */
  isOn(level: LogLevel): boolean;
};
