/** Keys as text (RFC 7468): base64 between two lines that say what it is. */
import { fromBase64, toBase64 } from '../base/bytes.ts';

/** Characters per line, as OpenSSL and py-ipv8 write them. */
const LINE_LENGTH = 64;

/**
 * The text block with this label (such as `EC PRIVATE KEY`) around the bytes; ends with a newline.
 */
export function printPem(label: string, bytes: Uint8Array): string {
  const lines = toBase64(bytes).match(new RegExp(`.{1,${LINE_LENGTH}}`, 'g')) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** One block of PEM text. */
export type PemBlock = { readonly label: string; readonly bytes: Uint8Array };

/**
 * The first block in the text, or undefined when there is none that is whole. Blocks with headers
 * (encrypted keys) have a colon among their lines and so are none.
 */
export function parsePem(text: string): PemBlock | undefined {
  const match = /-----BEGIN ([A-Z0-9 ]{1,64})-----([A-Za-z0-9+/=\s]*)-----END \1-----/.exec(text);
  if (match === null) return undefined;
  const [, label = '', body = ''] = match;
  try {
    return { label, bytes: fromBase64(body.replace(/\s+/g, '')) };
  } catch {
    return undefined;
  }
}
