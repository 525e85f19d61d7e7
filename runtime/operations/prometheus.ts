/**
 * Numbers in the text format that Prometheus reads, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format).
 */

/** What to answer as `Content-Type`. */
export const PROMETHEUS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** One number of a metric; labels without a value are left out. */
export type Sample = {
  readonly labels?: { readonly [name: string]: string | undefined };
  readonly value: number;
};

/** A metric and all its numbers, each with labels of its own. */
export type MetricFamily = {
  /** Letters, digits and underscores; that of a counter ends in `_total`. */
  readonly name: string;
  readonly help: string;
  /** A counter only grows while the process lives. */
  readonly type: 'counter' | 'gauge';
  readonly samples: readonly Sample[];
};

/** The families as text; those without a sample are left out. */
export function printFamilies(families: readonly MetricFamily[]): string {
  return families
    .filter(({ samples }) => samples.length > 0)
    .map(printFamily)
    .join('');
}

function printFamily({ name, help, type, samples }: MetricFamily): string {
  const lines = [`# HELP ${name} ${escapeHelp(help)}`, `# TYPE ${name} ${type}`];
  for (const { labels = {}, value } of samples) {
    lines.push(`${name}${printLabels(labels)} ${printNumber(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function printLabels(labels: NonNullable<Sample['labels']>): string {
  const pairs = Object.entries(labels).flatMap(([name, value]) => {
    return value === undefined ? [] : [`${name}="${escapeLabel(value)}"`];
  });
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function printNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}

function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
