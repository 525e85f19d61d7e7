/** Files of Python → one schema, and what of them it cannot say. */
import { diagnose, type Diagnostic, orderDiagnostics } from '../diagnostics/diagnostic.ts';
import { formatSource } from '../format/format.ts';
import type { Program } from '../program/program.ts';
import { createSource } from '../source/source.ts';
import { readCommunities } from './communities/communities.ts';
import { type PythonFile, readModules } from './names/modules.ts';
import { type ClassInfo, classesIn, type Module } from './names/scope.ts';
import { typeName } from './names/spelling.ts';
import { createPackers } from './packers/packers.ts';
import { isPayload } from './payloads/kinds.ts';
import { createPayloads } from './payloads/payloads.ts';
import { type Comments, commentsOf } from './schema/doc.ts';
import type { Draft } from './schema/draft.ts';
import { type Named, nameAll } from './schema/names.ts';
import { acceptDrafts } from './schema/refuse.ts';
import { reportModules } from './report-modules.ts';
import { reportUnsent } from './report-unsent.ts';
import { createEvaluate } from './values/evaluate.ts';

export type { PythonFile } from './names/modules.ts';

/** A longer file is no module of payloads; reading one takes time. */
export const FILE_LENGTH_MAX = 2 ** 18;

export type Imported = {
  /** The schema in its canonical form; empty when nothing was found. */
  readonly text: string;
  /** Of the files of Python, ordered by path and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** The schema as `ipv8c check` sees it: without errors. */
  readonly program: Program;
  /** Which payload became which struct or message. */
  readonly origins: readonly Origin[];
};

/** A class by the module it is in, and what it is called in the schema. */
export type Origin = { readonly module: string; readonly className: string; readonly name: string };

/** Reads payloads and communities by their syntax; nothing of the files is run. */
export async function importPython(files: readonly PythonFile[]): Promise<Imported> {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const modules = readModules(files.filter((file) => isReadable(file, report)));
  const evaluate = createEvaluate(modules);
  const comments = new Map<Module, Comments>();
  const packers = createPackers(modules, evaluate, report);
  const payloads = createPayloads({
    evaluate,
    report,
    packers,
    commentsOf(module) {
      const found = comments.get(module) ?? commentsOf(module);
      comments.set(module, found);
      return found;
    },
  });
  const classes = modules.all.flatMap(({ scope }) => classesIn(scope));
  const communities = readCommunities(classes, payloads, { evaluate, report });
  const unsent = classes.filter((info) => isPayload(info, evaluate) && !communities.sent.has(info));
  const loose = unsent.filter((info) => payloads.structOf(info) !== undefined);
  // What is known of the others was said where their handlers are.
  const unknown = loose.filter((info) => !communities.doubtful.has(info));
  reportUnsent(unknown, { evaluate, report });
  reportModules(modules, classes, { evaluate, report });

  const structs = [...payloads.structs().values()];
  const all = [...packers.declarations(), ...structs, ...communities.drafts.values()];
  const drafts = inOrder(all, modules.all);
  const messages = drafts.flatMap((one) => (one.kind === 'community' ? one.messages : []));
  const names = nameAll(byImportance(drafts, messages), homeOf(modules.all));
  const accepted = await acceptDrafts(drafts, names);
  diagnostics.push(...accepted.diagnostics);
  const origins = [...messages, ...structs].filter((draft) => !accepted.leftOut.has(draft));
  const classOf = new Map(classes.map((info) => [info.definition.name.span, info] as const));
  return {
    text: formatSource(createSource('imported.ipv8', accepted.text)).text,
    diagnostics: orderDiagnostics(diagnostics),
    program: accepted.program,
    origins: origins.flatMap((draft) => originOf(classOf.get(draft.origin), names.get(draft))),
  };
}

function isReadable({ path, text }: PythonFile, report: (diagnostic: Diagnostic) => void): boolean {
  if (text.length <= FILE_LENGTH_MAX) return true;
  const at = { source: createSource(path, ''), start: 0, end: 0 };
  const notes = [`a file may have ${FILE_LENGTH_MAX} characters; this one has ${text.length}`];
  report(diagnose('python/unreadable-file', { path }, { at, notes }));
  return false;
}

/** As the files are given, and in each as they are written; a community behind its parent. */
function inOrder(drafts: readonly Draft[], modules: readonly Module[]): readonly Draft[] {
  const places = new Map(modules.map(({ python }, at) => [python.source, at] as const));
  const rank = ({ origin }: Draft): number => places.get(origin.source) ?? 0;
  return drafts.toSorted((a, b) => rank(a) - rank(b) || a.origin.start - b.origin.start);
}

/** Who gets the short name: messages, then communities, then what messages hold. */
function byImportance(drafts: readonly Draft[], messages: readonly Named[]): readonly Named[] {
  const isCommunity = ({ kind }: Draft): boolean => kind === 'community';
  return [...messages, ...drafts.filter(isCommunity), ...drafts.filter((one) => !isCommunity(one))];
}

/** What tells `ping` of one module from that of another: the module, or the package it is in. */
function homeOf(modules: readonly Module[]): (draft: Named) => string {
  const names = new Map(modules.map(({ name, python }) => [python.source, name] as const));
  return ({ origin }) => {
    const parts = (names.get(origin.source) ?? '').split('.');
    const isVague = /^(?:payloads?|community|messages?)$/.test(parts.at(-1) ?? '');
    return typeName((isVague ? parts.at(-2) : undefined) ?? parts.at(-1) ?? '');
  };
}

function originOf(info: ClassInfo | undefined, name: string | undefined): readonly Origin[] {
  if (info === undefined || name === undefined) return [];
  const { definition, outer } = info;
  return [{ module: outer.module().name, className: definition.name.name, name }];
}
