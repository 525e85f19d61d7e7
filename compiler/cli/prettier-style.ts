/** The author's settings of Prettier, as far as they say how stubs are to be written. */
import { dirname, join } from 'node:path';
import type { FileStyle } from '../stub/file-style.ts';
import { readText } from './node-host.ts';

/** Where Prettier looks in each directory upwards, of those forms that are JSON. */
const FILES = ['package.json', '.prettierrc', '.prettierrc.json'] as const;

/**
 * The settings for a file, from the nearest directory upwards that has some. Empty where there are
 * none, or none that are JSON: then the file itself is all there is to go by.
 */
export async function prettierStyle(file: string): Promise<Partial<FileStyle>> {
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    for (const name of FILES) {
      const settings = settingsOf(name, await readText(join(directory, name)));
      if (settings !== undefined) return styleOf(settings);
    }
    if (dirname(directory) === directory) return {};
  }
}

type Settings = ReadonlyMap<string, unknown>;

function settingsOf(name: string, text: string | undefined): Settings | undefined {
  const settings = text === undefined ? undefined : parsed(text);
  if (name !== 'package.json') return settings;
  const inside = settings?.get('prettier');
  return isRecord(inside) ? new Map(Object.entries(inside)) : undefined;
}

function parsed(text: string): Settings | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isRecord(json) ? new Map(Object.entries(json)) : undefined;
  } catch {
    // A form that is not JSON; Prettier has several.
    return undefined;
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where Prettier has settings, what they leave out is as Prettier's defaults are. */
function styleOf(settings: Settings): Partial<FileStyle> {
  const width = settings.get('printWidth');
  const tabWidth = numberOf(settings.get('tabWidth'), 2);
  const commas = settings.get('trailingComma');
  return {
    width: numberOf(width, 80),
    tabWidth,
    unit: settings.get('useTabs') === true ? '\t' : ' '.repeat(tabWidth),
    semicolon: settings.get('semi') === false ? '' : ';',
    quote: settings.get('singleQuote') === true ? "'" : '"',
    braceSpace: settings.get('bracketSpacing') === false ? '' : ' ',
    trailingCommas: commas === 'none' || commas === 'es5' ? commas : 'all',
    endOfLine: settings.get('endOfLine') === 'crlf' ? '\r\n' : '\n',
  };
}

/** A number of columns; what Prettier would not take either is as if it were left out. */
function numberOf(value: unknown, otherwise: number): number {
  const isColumns = typeof value === 'number' && Number.isInteger(value) && value > 0;
  return isColumns && value <= 1000 ? value : otherwise;
}
