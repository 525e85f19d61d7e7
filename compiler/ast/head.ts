import type { IToken } from '../syntax/tree.ts';
import { diagnose } from '../diagnostics/diagnostic.ts';
import { isMisspelt } from '../syntax/words.ts';
import { nameOf, reportExpected, type Builder } from './builder.ts';
import type { Name } from './nodes.ts';

/** The words in front of an id or a body, sorted by what they are. */
export type Head = {
  /** The last word, unless it is the declaration's own. */
  readonly name: Name | undefined;
  /** Each once, in order, misspelt ones as what they mean. */
  readonly modifiers: readonly Name[];
  readonly isBroken: boolean;
};

/** What may stand in a head. */
export type HeadForm = { readonly keyword: string; readonly modifiers: readonly string[] };

/** Reads a head and reports its unknown, misspelt, repeated and missing words. */
export function readHead(builder: Builder, words: readonly IToken[], form: HeadForm): Head {
  const names = words.map((word) => nameOf(builder, word));
  const { name, front } = splitName(names, form);
  const known = [form.keyword, ...form.modifiers];
  const modifiers: Name[] = [];
  let isBroken = false;
  let hasKeyword = false;
  for (const word of front) {
    const meaning = known.find((candidate) => candidate === word.text);
    const near = meaning ?? known.find((candidate) => isMisspelt(word.text, candidate));
    if (meaning === undefined) {
      // Behind an unknown word nothing is certain; one complaint is enough.
      if (!isBroken) reportWord(builder, { word, near, form });
      isBroken = true;
    }
    if (near === form.keyword) hasKeyword = true;
    else if (near !== undefined && modifiers.some((other) => other.text === near)) {
      builder.report(diagnose('syntax/repeated-word', { word: near }, { at: word.span }));
    } else if (near !== undefined) modifiers.push({ text: near, span: word.span });
  }
  if (!hasKeyword && !isBroken && name !== undefined) {
    isBroken = true;
    const at = { source: name.span.source, start: name.span.start, end: name.span.start };
    builder.report(
      diagnose(
        'syntax/expected',
        { expected: `\`${form.keyword}\`` },
        {
          at: name.span,
          label: `\`${form.keyword}\` is missing in front of this name`,
          suggestions: [
            {
              text: `insert \`${form.keyword}\``,
              edits: [{ span: at, replacement: `${form.keyword} ` }],
              applicability: 'machine-applicable',
            },
          ],
        },
      ),
    );
  }
  const last = names.at(-1);
  if (name === undefined && last !== undefined) {
    reportExpected(builder, last.span, { what: `the name of the ${form.keyword}` });
  }
  return { name, modifiers, isBroken };
}

/** The name is the word behind the keyword, or else the last. */
function splitName(
  names: readonly Name[],
  form: HeadForm,
): { readonly name: Name | undefined; readonly front: readonly Name[] } {
  const at = names.findIndex(({ text }) => text === form.keyword);
  const place = at >= 0 && at < names.length - 1 ? at + 1 : names.length - 1;
  const name = names[place];
  if (name === undefined || (name.text === form.keyword && names.length === 1)) {
    return { name: undefined, front: names };
  }
  if (at === names.length - 1 && at > 0) return { name: undefined, front: names };
  return { name, front: names.filter((_, index) => index !== place) };
}

function reportWord(
  builder: Builder,
  fault: { readonly word: Name; readonly near: string | undefined; readonly form: HeadForm },
): void {
  const { word, near, form } = fault;
  const words = [...form.modifiers, form.keyword];
  const known = words.map((one) => `\`${one}\``).join(', ');
  // `nsigned` may be `signed` or `unsigned`: a person decides.
  const isPlain = words.filter((one) => isMisspelt(word.text, one)).length === 1;
  builder.report(
    diagnose(
      'syntax/unknown-word',
      { word: word.text, what: `a ${form.keyword}` },
      {
        at: word.span,
        notes: near === undefined ? [`the words of a ${form.keyword} are ${known}`] : [],
        suggestions:
          near === undefined
            ? []
            : [
                {
                  text: `the word is \`${near}\``,
                  edits: [{ span: word.span, replacement: near }],
                  applicability: isPlain ? 'machine-applicable' : 'maybe-incorrect',
                },
              ],
      },
    ),
  );
}
