/**
 * A strict reader of Prometheus' text format 0.0.4, written from its description
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format). It takes what the format must be,
 * not all that it may be: HELP, then TYPE, then all samples of a metric, each set of labels once.
 */

export type ParsedFamily = {
  readonly help: string;
  readonly type: string;
  /** By the labels as they are written, without the braces. */
  readonly samples: Map<string, number>;
  readonly labels: Record<string, string>[];
};

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const VALUE = String.raw`(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|[+-]Inf)`;

/** @throws at the first line that is not as it must be. */
export function parsePrometheus(text: string): Map<string, ParsedFamily> {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no line end');
  const families = new Map<string, ParsedFamily>();
  let current: string | undefined;
  const lines = text.split('\n').slice(0, -1);
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const help = new RegExp(`^# HELP (${NAME}) ((?:[^\\\\]|\\\\\\\\|\\\\n)*)$`).exec(line);
    if (help !== null) {
      const [, name = '', escaped = ''] = help;
      const type = new RegExp(`^# TYPE ${name} (counter|gauge)$`).exec(lines[at + 1] ?? '')?.[1];
      if (type === undefined) throw new Error(`no TYPE behind: ${line}`);
      if (families.has(name)) throw new Error(`${name} comes twice`);
      if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`${name}: ${type}`);
      families.set(name, { help: unescape(escaped), type, samples: new Map(), labels: [] });
      current = name;
      at += 1;
      continue;
    }
    const sample = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (${VALUE})$`).exec(line);
    const [, name = '', labels = '', value = ''] = sample ?? [];
    const family = families.get(name);
    if (family === undefined || name !== current) throw new Error(`line ${at + 1}: ${line}`);
    family.labels.push(parseLabels(labels));
    if (family.samples.has(labels)) throw new Error(`twice: ${line}`);
    family.samples.set(labels, numberOf(value));
  }
  return families;
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const found = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"(?:,(?=.)|$)/.exec(rest);
    if (found === null) throw new Error(`labels: ${text}`);
    const [whole, name = '', value = ''] = found;
    if (Object.hasOwn(labels, name) || name.startsWith('__')) throw new Error(`label ${name}`);
    labels[name] = unescape(value);
    rest = rest.slice(whole.length);
  }
  return labels;
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
}

function numberOf(text: string): number {
  if (text.endsWith('Inf')) return text.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}
