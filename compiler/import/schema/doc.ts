/** Docstrings and comments → lines of documentation. */
import type { Module } from '../names/scope.ts';
import { positionAt } from '../../source/position.ts';
import { type Span, textOf } from '../../source/span.ts';
import type { Statement } from '../python/tree.ts';

/** Lines of a docstring: without its margin, and without what is said of parameters. */
export function docstringOf(body: readonly Statement[]): readonly string[] {
  const [first] = body;
  if (first?.kind !== 'expression' || first.value.kind !== 'text') return [];
  const lines = first.value.text.split('\n').map((line) => line.trimEnd());
  const rest = lines.slice(1).filter((line) => line !== '');
  const margin = Math.min(...rest.map((line) => line.length - line.trimStart().length));
  const plain = lines.map((line, at) => (at === 0 ? line.trimStart() : line.slice(margin)));
  const end = plain.findIndex((line) => /^\s*(?::\w+|Args:|Returns:|\.\. )/.test(line));
  return trimmed(end < 0 ? plain : plain.slice(0, end));
}

/** Comments of a file by the line they end. */
export type Comments = {
  /** What stands directly above a line, on lines of its own. */
  above(span: Span): readonly string[];
  /** What stands behind something, on its last line. */
  behind(span: Span): string;
};

/** Words for tools, not for people. */
const TOOLS = /^(?:noqa|type:|pylint|pragma|ruff|mypy|fmt:|isort|!|-\*-)/i;

export function commentsOf({ python }: Module): Comments {
  const { source } = python;
  const own = new Map<number, string>();
  const trailing = new Map<number, string>();
  for (const span of python.comments) {
    const { column, line } = positionAt(source, span.start);
    const text = textOf(span)
      .replace(/^#+:?\s?/, '')
      .trimEnd();
    const before = source.text.slice(span.start - column + 1, span.start);
    if (TOOLS.test(text) || /^[-=#*\s]*$/.test(text)) continue;
    (before.trim() === '' ? own : trailing).set(line, text);
  }
  return {
    above(span) {
      const lines: string[] = [];
      let line = positionAt(source, span.start).line - 1;
      for (let text = own.get(line); text !== undefined; text = own.get(line)) {
        lines.unshift(text);
        line -= 1;
      }
      return lines;
    },
    behind: (span) => trailing.get(positionAt(source, span.end).line) ?? '',
  };
}

function trimmed(lines: readonly string[]): readonly string[] {
  const isText = (line: string): boolean => line.trim() !== '';
  const first = lines.findIndex(isText);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}
