import { WIDTH } from '../emit/print.ts';

/** How a file is written. */
export type FileStyle = {
  readonly endOfLine: '\n' | '\r\n';
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: "'" | '"';
  readonly semicolon: ';' | '';
  /** Behind the last entry of what stands on several lines: also of calls, or not of them. */
  readonly trailingCommas: 'all' | 'es5' | 'none';
  /** Between braces and what stands in the same line. */
  readonly braceSpace: ' ' | '';
  /** Columns that a line may have. */
  readonly width: number;
  /** Columns that a tab takes. */
  readonly tabWidth: number;
};

/** What holds where neither the file nor the author's configuration says anything. */
export const DEFAULT_STYLE: FileStyle = {
  endOfLine: '\n',
  unit: '  ',
  quote: "'",
  semicolon: ';',
  trailingCommas: 'all',
  braceSpace: ' ',
  width: WIDTH,
  tabWidth: 2,
};
