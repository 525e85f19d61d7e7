/** Doc comments of generated code. */
import { WIDTH } from './print.ts';

/**
 * A doc comment of paragraphs, on one line when there is one and it fits. Long lines are wrapped at
 * words; text that would end the comment is defused.
 */
export function docComment(indent: string, paragraphs: readonly string[]): string {
  const safe = paragraphs
    .filter((text) => text !== '')
    .map((text) => (text.includes('*/') ? text.replaceAll('*/', '*\\/') : text));
  const [first] = safe;
  if (first === undefined) return '';
  const oneLine = `${indent}/** ${first} */`;
  if (safe.length === 1 && !first.includes('\n') && oneLine.length <= WIDTH) return `${oneLine}\n`;
  const width = WIDTH - indent.length - ' * '.length;
  const blocks = safe.map((text) =>
    text.split('\n').flatMap((line) => wrap(line.trimEnd(), width)),
  );
  const lines = blocks.flatMap((block, at) => (at === 0 ? block : ['', ...block]));
  const body = lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`);
  return `${indent}/**\n${body.join('')}${indent} */\n`;
}

function wrap(line: string, width: number): string[] {
  const lines: string[] = [];
  let left = line;
  while (left.length > width) {
    const space = left.lastIndexOf(' ', width);
    const end = space > 0 ? space : left.indexOf(' ', width);
    if (end < 0) break;
    lines.push(left.slice(0, end));
    left = left.slice(end + 1);
  }
  lines.push(left);
  return lines;
}
