import { realpath, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Community, Model } from '../../ir/model.ts';
import { createSource, type Source } from '../../source/source.ts';
import type { StubRequest } from '../../stub/request.ts';
import { applyInsertions, type Review, reviewHandlers } from '../../stub/review.ts';
import { printStubFile } from '../../stub/stub-file.ts';
import type { ReportFormat } from '../command.ts';
import { loadConfig } from '../config.ts';
import { counted } from '../counted.ts';
import { EXIT_CODE, type ExitCode } from '../exit-code.ts';
import { loadQuietly } from '../load.ts';
import { nearName } from '../near-name.ts';
import { readText, schemaPath, writeAtomically } from '../node-host.ts';
import { reportDiagnostics, summaryOut } from '../report.ts';
import { stubRequest } from '../stub-request.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What `ipv8c stub` was asked for. */
export type StubCommand = {
  readonly name: string;
  readonly out: string;
  readonly paths: readonly string[];
  /** Writes nothing; a file that lacks handlers, or has too many, is drift. */
  readonly check: boolean;
  readonly format: ReportFormat;
};

/** `ipv8c stub`: starts a file of handlers, or adds to a file the handlers it lacks. */
export async function stub(command: StubCommand, terminal: Terminal): Promise<ExitCode> {
  const { check, format } = command;
  const config = await loadConfig(terminal.cwd);
  const loaded = await loadQuietly(command.paths, config, { cwd: terminal.cwd });
  const { diagnostics, model } = loaded.program;
  if (loaded.hasErrors) {
    await reportDiagnostics(diagnostics, { config, format }, terminal);
    return EXIT_CODE.findings;
  }
  const community = findCommunity(model, command.name);
  const file = resolve(terminal.cwd, command.out);
  const shown = relative(terminal.cwd, file);
  const request = await stubRequest(community, { model, files: loaded.files, config, file });
  const text = await readText(file);
  const summary = summaryOut(format, terminal);
  if (text === undefined) {
    if (check) throw new UsageError(`${shown}: there is no such file`);
    await reportDiagnostics(diagnostics, { config, format }, terminal);
    await writeAtomically(file, printStubFile(request));
    summary.out(`written ${shown} with ${counted(request.messages.length, 'handler')}\n`);
    return EXIT_CODE.fine;
  }
  const path = schemaPath(config.directory, file);
  const before = createSource(path, text);
  const review = await reviewHandlers(before, request);
  const changed = check ? text : applyInsertions(before, review.edits);
  const after = changed === text ? review : await reviewAgain(createSource(path, changed), request);
  await reportDiagnostics([...diagnostics, ...after.diagnostics], { config, format }, terminal);
  if (!after.isReadable) return EXIT_CODE.findings;
  if (check) return checked(review, shown, summary);
  if (changed === text) {
    summary.out(`unchanged ${shown}\n`);
    return EXIT_CODE.fine;
  }
  const target = await realpath(file);
  await writeAtomically(target, changed, { mode: (await stat(target)).mode });
  const added = counted(review.missing.length, 'handler');
  summary.out(`added ${added} to ${shown}: ${review.missing.join(', ')}\n`);
  return EXIT_CODE.fine;
}

/** Reads what is about to be written, so that a file is never made worse. */
async function reviewAgain(source: Source, request: StubRequest): Promise<Review> {
  const after = await reviewHandlers(source, request);
  const isWhole = after.isReadable && after.missing.length === 0;
  if (isWhole) return after;
  throw new Error(`${source.path} would not have its handlers; nothing was written`);
}

function checked({ leftOver, missing }: Review, shown: string, terminal: Terminal): ExitCode {
  if (missing.length === 0 && leftOver.length === 0) {
    terminal.out(`unchanged ${shown}\n`);
    return EXIT_CODE.fine;
  }
  terminal.err(
    `${shown}: ${counted(missing.length, 'handler')} missing, ${leftOver.length} left over\n`,
  );
  return EXIT_CODE.drift;
}

function findCommunity(model: Model, name: string): Community {
  const communities = model.modules
    .flatMap((module) => module.declarations)
    .filter((declaration) => declaration.kind === 'community');
  const found = communities.find((community) => community.name === name);
  if (found === undefined) {
    const names = communities.map((community) => community.name);
    const near = nearName(name, names);
    const hint = near === undefined ? `there are ${names.join(', ')}` : `the nearest is ${near}`;
    throw new UsageError(
      `no community is called ${name}; ${names.length === 0 ? 'there is none' : hint}`,
    );
  }
  if (found.identity.kind === 'abstract') {
    throw new UsageError(`${name} is abstract: communities that extend it have handlers`);
  }
  return found;
}
