/** Open TypeScript documents: what their handlers lack of the protocols of their project, or have too much. */
import { type CodeAction, CodeActionKind } from 'vscode-languageserver';
import type { DiagnosticCode } from '../diagnostics/catalog.ts';
import type { Diagnostic, Suggestion } from '../diagnostics/diagnostic.ts';
import type { Community } from '../ir/model.ts';
import { createSource } from '../source/source.ts';
import { stubNames, type StubRequest } from '../stub/request.ts';
import { type Review, reviewHandlers } from '../stub/review.ts';
import { SOURCE_LENGTH_MAX } from '../syntax/parse.ts';
import { type ActionRequest, isWanted } from './code-actions.ts';
import { protocolDiagnostic, SHOWN_MAX } from './diagnostics.ts';
import { workspaceEdit } from './edits.ts';
import { overlaps, spanOf } from './places.ts';
import type { Published } from './publication.ts';
import type { Checked, Unit, Workspace } from './workspace.ts';
import type { World } from './world.ts';

/** The language of documents that may hold handlers. */
export const HANDLERS_LANGUAGE = 'typescript';

/** What a text must hold for its project to be looked for. */
const MENTION = /\w(?:Handlers|Protocol)\b/;

/**
 * What is said about a file that nobody named as the one of handlers. That it holds none, or holds
 * them in a form that stubs cannot be added to, matters to `ipv8c stub` alone.
 */
const SHOWN: readonly DiagnosticCode[] = ['stub/missing-handler', 'stub/unknown-handler'];

export type HandlerFiles = {
  open(uri: string, text: string): void;
  close(uri: string): void;
  has(uri: string): boolean;
  /** Grows with every change of a document. */
  revision(): number;
  /** What is wrong with the handlers of open documents, by URI; nothing for those without any. */
  diagnostics(checked: Checked): Promise<ReadonlyMap<string, Published>>;
  /** The repairs of what is wrong in a range. */
  actions(uri: string, request: ActionRequest): Promise<readonly CodeAction[]>;
};

/** A review, and what it is of: as long as both are the same, so is the review. */
type Known = {
  readonly unit: Unit;
  readonly text: string;
  readonly reviews: Promise<readonly Review[]>;
};

type Machine = Pick<World, 'fileOf' | 'uriOf' | 'directoryOf' | 'pathOf' | 'stubRequest'>;

export function createHandlerFiles(
  workspace: Pick<Workspace, 'checked' | 'setNeighbours'>,
  world: Machine,
): HandlerFiles {
  const documents = new Map<string, string>();
  const known = new Map<string, Known>();
  let neighbours = '';
  let revision = 0;

  const changed = (): void => {
    revision++;
    const wanted = [...documents].filter(([, text]) => isWorthReading(text));
    const directories = new Set(wanted.flatMap(([uri]) => directoryUris(world, uri)));
    if ([...directories].join('\n') === neighbours) return;
    neighbours = [...directories].join('\n');
    workspace.setNeighbours([...directories]);
  };
  const reviewsOf = (uri: string, { units }: Checked): Promise<readonly Review[]> => {
    const [text = '', file] = [documents.get(uri), world.fileOf(uri)];
    const unit = file === undefined ? undefined : unitAround(world, file, units);
    if (file === undefined || unit === undefined || !isWorthReading(text)) {
      return Promise.resolve([]);
    }
    const last = known.get(uri);
    if (last?.unit === unit && last.text === text) return last.reviews;
    const reviews = reviewFile(world, unit, { file, text });
    known.set(uri, { unit, text, reviews });
    return reviews;
  };
  return {
    open(uri, text) {
      documents.set(uri, text);
      changed();
    },
    close(uri) {
      documents.delete(uri);
      known.delete(uri);
      changed();
    },
    has: (uri) => documents.has(uri),
    revision: () => revision,
    async diagnostics(checked) {
      const gathered = new Map<string, Published>();
      for (const uri of documents.keys()) {
        const reviews = await reviewsOf(uri, checked);
        if (reviews.length === 0) continue;
        const found = reviews.flatMap(shownOf).slice(0, SHOWN_MAX);
        gathered.set(
          uri,
          found.map((one) => protocolDiagnostic({ uriOf: () => uri }, one)),
        );
      }
      return gathered;
    },
    async actions(uri, { only, range }) {
      if (!isWanted(CodeActionKind.QuickFix, only)) return [];
      const reviews = await reviewsOf(uri, await workspace.checked());
      return reviews.flatMap((one) => repairs(uri, range, one));
    },
  };
}

function isWorthReading(text: string): boolean {
  return text.length <= SOURCE_LENGTH_MAX && MENTION.test(text);
}

function directoryUris(world: Machine, uri: string): readonly string[] {
  const file = world.fileOf(uri);
  return file === undefined ? [] : [world.uriOf(world.directoryOf(file))];
}

/** The configured schemas of the innermost project around a file. */
function unitAround(world: Machine, file: string, units: readonly Unit[]): Unit | undefined {
  return units
    .filter(({ project, roots }) => {
      const way = world.pathOf(project.directory, file);
      const isInside = way !== '..' && !way.startsWith('../');
      return isInside && project.schemas.some((path) => roots.has(path));
    })
    .toSorted((a, b) => b.project.directory.length - a.project.directory.length)[0];
}

type HandlerFile = { readonly file: string; readonly text: string };

async function reviewFile(
  world: Machine,
  { analysis, project, roots }: Unit,
  { file, text }: HandlerFile,
): Promise<readonly Review[]> {
  const { diagnostics, model } = analysis.program;
  // Of schemas with errors nobody knows what they will declare.
  if (diagnostics.some(({ severity }) => severity === 'error')) return [];
  const source = createSource(world.pathOf(project.directory, file), text);
  const reviews: Review[] = [];
  for (const { declarations, path } of model.modules) {
    for (const community of declarations) {
      if (!roots.has(path) || community.kind !== 'community' || !isNamed(community, text)) continue;
      const around = { model, directory: project.directory, file };
      const request = await world.stubRequest(community, around);
      if (request !== undefined && isImported(request, text)) {
        reviews.push(await reviewHandlers(source, request));
      }
    }
  }
  return reviews;
}

function isNamed(community: Community, text: string): boolean {
  if (community.identity.kind === 'abstract') return false;
  return Object.values(stubNames(community.name)).some((name) => text.includes(name));
}

/** True where a module is named as the generated one is, whatever way leads to it. */
function isImported({ protocol }: StubRequest, text: string): boolean {
  const name = protocol.specifier.replace(/^.*\//, '').replace(/\.ts$/, '');
  return ['', '.ts', '.js'].some((ending) =>
    ["'", '"'].some((quote) => text.includes(`/${name}${ending}${quote}`)),
  );
}

function shownOf({ diagnostics }: Review): readonly Diagnostic[] {
  return diagnostics.filter(({ code }) => SHOWN.includes(code));
}

function repairs(
  uri: string,
  range: ActionRequest['range'],
  review: Review,
): readonly CodeAction[] {
  const place = { uriOf: () => uri };
  const here = shownOf(review).filter(({ primary: { span } }) =>
    overlaps(span, spanOf(span.source, range)),
  );
  const action = (
    { applicability, edits, text }: Suggestion,
    repaired: readonly Diagnostic[],
  ): CodeAction => ({
    title: text,
    kind: CodeActionKind.QuickFix,
    diagnostics: repaired.map((one) => protocolDiagnostic(place, one)),
    isPreferred: applicability === 'machine-applicable',
    edit: workspaceEdit(place, edits),
  });
  const missing = here.filter(({ code }) => code === 'stub/missing-handler');
  const all: Suggestion = {
    text: `add stubs of all ${missing.length} missing handlers`,
    edits: review.edits,
    applicability: 'maybe-incorrect',
  };
  return [
    ...here.flatMap((one) => one.suggestions.map((suggestion) => action(suggestion, [one]))),
    ...(missing.length > 1 ? [action(all, missing)] : []),
  ];
}
