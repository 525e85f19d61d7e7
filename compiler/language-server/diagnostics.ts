import {
  type Diagnostic as ProtocolDiagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
} from 'vscode-languageserver';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { locationOf, rangeOf } from './places.ts';
import type { Analysis } from './view.ts';

/** Of one document no more are shown; who has more faults than this reads the first ones. */
export const SHOWN_MAX = 100;

/** The diagnostics of one schema. */
export function diagnosticsOf(analysis: Analysis, path: string): readonly ProtocolDiagnostic[] {
  const here = analysis.program.diagnostics.filter(
    ({ primary }) => primary.span.source.path === path,
  );
  return here.slice(0, SHOWN_MAX).map((diagnostic) => protocolDiagnostic(analysis, diagnostic));
}

/** A diagnostic in the protocol's words. */
export function protocolDiagnostic(
  analysis: Pick<Analysis, 'uriOf'>,
  diagnostic: Diagnostic,
): ProtocolDiagnostic {
  const { code, others, primary, severity } = diagnostic;
  return {
    range: rangeOf(primary.span),
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: 'ipv8',
    message: messageOf(diagnostic),
    ...(code === 'import/unused' ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    relatedInformation: others.map(({ span, text }) => ({
      location: locationOf(analysis, span),
      message: text,
    })),
  };
}

function messageOf({ help, notes, primary, title }: Diagnostic): string {
  return [
    primary.text === '' ? title : `${title}: ${primary.text}`,
    ...notes.map((note) => `note: ${note}`),
    ...help.map((one) => `help: ${one}`),
  ].join('\n');
}
