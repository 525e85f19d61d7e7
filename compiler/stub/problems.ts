/** What can be wrong with a file of handlers, as diagnostics. */
import { nearestName } from '../check/near-name.ts';
import { diagnose, type Diagnostic, type Edit, replaceBy } from '../diagnostics/diagnostic.ts';
import { handlerName } from '../emit/names.ts';
import type { Message } from '../ir/model.ts';
import { type Span, textOf } from '../source/span.ts';
import type { Member } from './members.ts';
import type { StubRequest } from './request.ts';

/** The file is no program at all. */
export function brokenFile(at: Span, problem: string): Diagnostic {
  return diagnose(
    'stub/broken-file',
    {},
    { at, label: problem, help: ['mend it first: handlers are found by syntax'] },
  );
}

/** Nothing in the file is said to be handlers. */
export function noHome(at: Span, request: StubRequest): Diagnostic {
  const { community, handlersType, protocol } = request;
  return diagnose(
    'stub/no-home',
    { community },
    {
      at,
      notes: ['handlers are found by their type, in this file alone'],
      help: [
        `write an object: \`const handlers: ${handlersType} = {}\``,
        `or a function: \`function createHandlers(): ${handlersType} { return {} }\``,
        `or a class: \`class MyHandlers implements ${handlersType} {}\``,
        `import \`${handlersType}\` from '${protocol.specifier}'`,
      ],
    },
  );
}

/** Handlers are in two places, and nobody knows which one wants the new ones. */
export function secondHome(at: Span, first: Span, community: string): Diagnostic {
  return diagnose(
    'stub/second-home',
    { community },
    {
      at,
      label: 'and here',
      others: [{ span: first, text: 'handlers here' }],
      help: ['keep one of them in this file'],
    },
  );
}

/** A part of the members cannot be told from the file. */
export function unreadable(at: Span, what: string): Diagnostic {
  return diagnose(
    'stub/unreadable-members',
    { what },
    {
      at,
      label: 'may bring any handler',
      help: ['name the handlers one by one, or write down in this file what is brought'],
    },
  );
}

/** A message without a handler; `edits` add one. */
export function missingHandler(at: Span, message: Message, edits: readonly Edit[]): Diagnostic {
  const { path, line } = message.place;
  const handler = handlerName(message.name);
  return diagnose(
    'stub/missing-handler',
    { message: message.name, handler },
    {
      at,
      notes: [`the message is declared in ${path}:${line}`],
      suggestions: [
        { text: `add a stub of \`${handler}\``, edits, applicability: 'machine-applicable' },
      ],
    },
  );
}

/** True for a member that is, or was, the handler of a message that is not there. */
export function isLeftOver(
  member: Member,
  request: StubRequest,
  missing: readonly Message[],
): member is Member & { readonly nameRange: NonNullable<Member['nameRange']> } {
  const isKnown = request.messages.some(({ name }) => handlerName(name) === member.name);
  if (isKnown || member.nameRange === undefined || member.isHandler === 'hardly') return false;
  return member.isHandler === 'surely' || nearMessage(member.name, missing) !== undefined;
}

/** A handler whose message is gone, with the name it may have now. */
export function leftOver(
  at: Span,
  member: Member,
  { missing, request }: { readonly missing: readonly Message[]; readonly request: StubRequest },
): Diagnostic {
  const { community } = request;
  const renamed = nearMessage(member.name, missing);
  const present = renamed === undefined ? nearMessage(member.name, request.messages) : undefined;
  const kept = textOf(at);
  const quoted = /^["'`]/.test(kept) ? `${kept[0]}${renamed}${kept[0]}` : `${renamed}`;
  const replacement = member.isShorthand ? `${renamed}: ${kept}` : quoted;
  const text = `a message without a handler has a similar name: \`${renamed}\``;
  return diagnose(
    'stub/unknown-handler',
    { handler: member.name, community },
    {
      at,
      help: renamed === undefined ? [removal(present)] : [],
      suggestions: renamed === undefined ? [] : [replaceBy(at, replacement, text)],
    },
  );
}

function removal(present: string | undefined): string {
  if (present === undefined) return 'remove it';
  return `remove it; what it does may belong into \`${present}\``;
}

/** The handler whose name is most like another one: a few letters differ, or one holds the other. */
function nearMessage(name: string, messages: readonly Message[]): string | undefined {
  const names = messages.map((message) => handlerName(message.name));
  const lower = name.toLowerCase();
  const holds = (one: string, other: string): boolean => other.length > 2 && one.includes(other);
  return (
    nearestName(name, names) ??
    names.find((one) => holds(one.toLowerCase(), lower) || holds(lower, one.toLowerCase()))
  );
}
