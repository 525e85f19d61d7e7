/** Diagnostics as a log of SARIF 2.1.0, the exchange format of static analysis (OASIS, 2020). */
import type { Source } from '../source/source.ts';
import type { Span } from '../source/span.ts';
import { catalog, type DiagnosticCode, summaryOf } from './catalog.ts';
import type { Diagnostic, Label, Suggestion } from './diagnostic.ts';
import { printable } from './printable.ts';
import { type PathNaming, regionOf } from './region.ts';

/** What the log says of the tool, and how it names files. */
export type SarifOptions = {
  /** Of the package. */
  readonly version: string;
  readonly pathOf: PathNaming;
};

const SCHEMA =
  'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** One log with one run; a run without diagnostics says that nothing was found. */
export function renderSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const codes = Object.keys(catalog).filter(isCode);
  const ruleIndex = new Map(codes.map((code, at) => [code, at] as const));
  const results = diagnostics.map((one) => ({
    ruleId: one.code,
    ruleIndex: ruleIndex.get(one.code),
    ...resultOf(one, options.pathOf),
  }));
  const driver = {
    name: 'ipv8c',
    version: options.version,
    rules: codes.map(ruleOf),
  };
  const run = { tool: { driver }, columnKind: 'utf16CodeUnits', results };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] }, undefined, 2)}\n`;
}

function isCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(catalog, text);
}

function ruleOf(code: DiagnosticCode): object {
  return {
    id: code,
    shortDescription: textMessage(summaryOf(code)),
    help: textMessage(`ipv8c explain ${code}`),
    defaultConfiguration: { level: catalog[code].severity },
  };
}

function resultOf(diagnostic: Diagnostic, pathOf: PathNaming): object {
  const { severity, title, primary, others, notes, help, suggestions } = diagnostic;
  const fixes = suggestions.filter(({ edits }) => edits.length > 0);
  const words = [title, ...notes.map((text) => `note: ${text}`)];
  words.push(...help.map((text) => `help: ${text}`));
  return {
    level: severity,
    message: textMessage(...words),
    locations: [locationOf(primary, pathOf)],
    ...(others.length === 0
      ? {}
      : {
          relatedLocations: others.map((label, id) => ({ id, ...locationOf(label, pathOf) })),
        }),
    ...(fixes.length === 0 ? {} : { fixes: fixes.map((one) => fixOf(one, pathOf)) }),
  };
}

function locationOf({ span, text }: Label, pathOf: PathNaming): object {
  return {
    physicalLocation: {
      artifactLocation: artifactOf(span.source, pathOf),
      region: sarifRegion(span),
    },
    ...(text === '' ? {} : { message: textMessage(text) }),
  };
}

function fixOf({ text, edits }: Suggestion, pathOf: PathNaming): object {
  const sources = [...new Set(edits.map(({ span }) => span.source))];
  return {
    description: textMessage(text),
    artifactChanges: sources.map((source) => ({
      artifactLocation: artifactOf(source, pathOf),
      replacements: edits
        .filter(({ span }) => span.source === source)
        .map(({ span, replacement }) => ({
          deletedRegion: sarifRegion(span),
          insertedContent: { text: replacement },
        })),
    })),
  };
}

function sarifRegion(span: Span): object {
  const { line, column, endLine, endColumn } = regionOf(span);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** A path as a URI reference, relative as the path is (RFC 3986). */
function artifactOf(source: Source, pathOf: PathNaming): { readonly uri: string } {
  const segments = pathOf(source.path).toWellFormed().split('/');
  const uri = segments.map((segment) => encodeURIComponent(segment)).join('/');
  return { uri };
}

/**
 * A plain text message. Braces are doubled and link brackets escaped, or readers would take them
 * for placeholders and links (SARIF 2.1.0 §3.11.5, §3.11.6).
 */
function textMessage(...lines: readonly string[]): { readonly text: string } {
  const text = lines.map(printable).join('\n');
  return { text: text.replace(/[{}]/g, '$&$&').replace(/\[(?=[^\]\n]*\]\()/g, '\\[') };
}
