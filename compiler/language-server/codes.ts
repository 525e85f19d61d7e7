/** The codes of diagnostics, as `#allow` names them. */
import { catalog, type DiagnosticCode, summaryOf } from '../diagnostics/catalog.ts';

/** What may be allowed: warnings, and not what is wrong with an allow. */
export function allowableCodes(): readonly DiagnosticCode[] {
  return codes().filter(
    (code) => catalog[code].severity === 'warning' && !code.startsWith('allow/'),
  );
}

/** What a code stands for; undefined for what is none. */
export function describeCode(text: string): string | undefined {
  const code = codes().find((one) => one === text);
  if (code === undefined) return undefined;
  const { severity } = catalog[code];
  return `\`${code}\` (${severity}): ${summaryOf(code)}. More says \`ipv8c explain ${code}\`.`;
}

function codes(): readonly DiagnosticCode[] {
  return Object.keys(catalog) as DiagnosticCode[];
}
