/** Which check belongs to which vector file. */
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import type { KeyAgreement } from '../../runtime/crypto/key-agreement.ts';
import { failed, skipped, type CaseResult } from './case-result.ts';
import { checkFormats } from './formats.ts';
import { checkIdentities } from './identities.ts';
import { checkKeys } from './keys.ts';
import { checkPackets } from './packets.ts';
import { checkPayloads } from './payloads.ts';
import { checkTunnels } from './tunnels.ts';

/** As `checkFile`, of a file's text; what is not of the recorded files' form is a failure too. */
export function checkText(
  name: string,
  text: string,
  crypto: Crypto & KeyAgreement,
): readonly CaseResult[] {
  try {
    return checkFile(name, JSON.parse(text), crypto);
  } catch (error) {
    return [failed(name, `not of the form of the recorded files: ${String(error)}`)];
  }
}

/** Checks one file's content; the names are those of the recorded files. */
export function checkFile(
  name: string,
  content: unknown,
  crypto: Crypto & KeyAgreement,
): readonly CaseResult[] {
  switch (name) {
    case 'keys.json':
      return checkKeys(content as Parameters<typeof checkKeys>[0], crypto);
    case 'formats.json':
      return checkFormats(content as Parameters<typeof checkFormats>[0]);
    case 'packets.json':
      return checkPackets(content as Parameters<typeof checkPackets>[0], crypto);
    case 'payloads.json':
      return checkPayloads(content as Parameters<typeof checkPayloads>[0], crypto);
    case 'crypto.json':
      return checkTunnels(content as Parameters<typeof checkTunnels>[0], crypto);
    case 'identity.json':
      return checkIdentities(content as Parameters<typeof checkIdentities>[0], crypto);
    default:
      return [skipped(name, 'no check is known for a file of this name')];
  }
}
