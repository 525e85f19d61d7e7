/** identity.json: the records of pseudonyms and their signatures; what the overlay does is named. */
import {
  AuthorityAttestation,
  DisclosedAuthorities,
  DisclosedMetadata,
  Metadata,
  Token,
} from '../../generated/identity.ts';
import { equalBytes, fromHex, toHex } from '../../runtime/base/bytes.ts';
import { decode, encode } from '../../runtime/codegen.ts';
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import type { StructType } from '../../runtime/protocol/protocol.ts';
import { failed, passed, skipped, type CaseResult } from './case-result.ts';

type Hex = string;
type Identified = { readonly id: string };
type Key = {
  readonly public_bin: Hex;
  readonly private_bin: Hex;
  readonly signature_length: number;
};

type RecordedToken = {
  readonly previous_token_hash: Hex;
  readonly content_hash: Hex;
  readonly signature: Hex;
  readonly plaintext: Hex;
  readonly serialized: Hex;
};

type Disclosure = { readonly metadata: Hex; readonly authorities: Hex; readonly attestations: Hex };

export type IdentityFile = {
  readonly pad_hash: readonly Identified[];
  readonly integers: readonly Identified[];
  readonly fp2: readonly Identified[];
  readonly relativity: readonly Identified[];
  readonly boneh: readonly Identified[];
  readonly pengbao: readonly Identified[];
  readonly token_trees: readonly (Identified & {
    readonly key: Key;
    readonly tokens: readonly RecordedToken[];
    readonly unserialize: readonly unknown[];
  })[];
  readonly metadata: readonly (Identified & {
    readonly key: Key;
    readonly token: RecordedToken & { readonly hash: Hex };
    readonly json_text: string;
    readonly signature: Hex;
    readonly serialized: Hex;
    readonly wrong_public_bin: Hex;
  })[];
  readonly attestations: readonly (Identified & {
    readonly authority: Key;
    readonly metadata_hash: Hex;
    readonly signature: Hex;
    readonly serialized: Hex;
  })[];
  readonly disclosures: readonly (Identified & {
    readonly disclosures: readonly Disclosure[];
    readonly hostile: readonly Disclosure[];
  })[];
};

const NO_WALLET = 'arithmetic and proofs of the attestation wallet, which is not built';
const NO_TREE =
  'trees of tokens and what is believed of them are the identity overlay’s, which is not built';

/** Checks the file; every case that is left out says why. */
export function checkIdentities(file: IdentityFile, crypto: Crypto): CaseResult[] {
  const { pad_hash, integers, fp2, relativity, boneh, pengbao } = file;
  const wallet = [pad_hash, integers, fp2, relativity, boneh, pengbao].flat();
  return [
    ...wallet.map(({ id }) => skipped(id, NO_WALLET)),
    ...file.token_trees.flatMap(({ id, key, tokens, unserialize }) => [
      ...tokens.map((token, at) => checkToken(`${id}-token-${at}`, token, { key, crypto })),
      ...unserialize.map((_, at) => skipped(`${id}-unserialize-${at}`, NO_TREE)),
    ]),
    ...file.metadata.flatMap((test) => checkMetadata(test, crypto)),
    ...file.attestations.map((test) => checkAttestation(test, crypto)),
    ...file.disclosures.flatMap(({ id, disclosures, hostile }) => [
      ...disclosures.flatMap((one, at) => checkDisclosure(`${id}-${at}`, one)),
      ...hostile.map((_, at) => skipped(`${id}-hostile-${at}`, NO_TREE)),
    ]),
  ];
}

type Signed = { readonly by: Hex; readonly text: Uint8Array; readonly signature: Uint8Array };

function isSigned({ by, text, signature }: Signed, crypto: Crypto): boolean {
  const key = crypto.publicKey(fromHex(by));
  return key.ok && crypto.verify(key.value, text, signature);
}

/** The record that the bytes are, when they are also what it encodes to. */
function readWhole<T>(type: StructType<T>, bytes: Uint8Array): T | undefined {
  const decoded = decode(type, bytes);
  if (!decoded.ok) return undefined;
  return equalBytes(encode(type, decoded.value), bytes) ? decoded.value : undefined;
}

function checkToken(
  id: string,
  recorded: RecordedToken,
  { key, crypto }: { readonly key: Key; readonly crypto: Crypto },
): CaseResult {
  const token = readWhole(Token, fromHex(recorded.serialized));
  if (token === undefined) return failed(id, 'no token');
  const isWhole =
    toHex(token.previousTokenHash) === recorded.previous_token_hash &&
    toHex(token.contentHash) === recorded.content_hash &&
    toHex(token.signature) === recorded.signature &&
    token.signature.length === key.signature_length;
  const signed = {
    by: key.public_bin,
    text: fromHex(recorded.plaintext),
    signature: token.signature,
  };
  return isWhole && isSigned(signed, crypto) ? passed(id) : failed(id, 'another token');
}

function checkMetadata(
  test: IdentityFile['metadata'][number],
  crypto: Crypto,
): readonly CaseResult[] {
  const { id, key } = test;
  const bytes = fromHex(test.serialized);
  const metadata = readWhole(Metadata, bytes);
  if (metadata === undefined) return [failed(id, 'no metadata')];
  const end = bytes.length - key.signature_length;
  const text = new TextDecoder().decode(metadata.textAndSignature.subarray(0, end - 32));
  const signed = {
    by: key.public_bin,
    text: bytes.subarray(0, end),
    signature: bytes.subarray(end),
  };
  const isWhole =
    toHex(metadata.tokenPointer) === test.token.hash &&
    text === test.json_text &&
    toHex(signed.signature) === test.signature;
  const isOurs = isWhole && isSigned(signed, crypto);
  const isTheirs = isSigned({ ...signed, by: test.wrong_public_bin }, crypto);
  return [
    isOurs && !isTheirs ? passed(id) : failed(id, 'another metadata'),
    checkToken(`${id}-token`, test.token, { key, crypto }),
  ];
}

function checkAttestation(test: IdentityFile['attestations'][number], crypto: Crypto): CaseResult {
  const attestation = readWhole(AuthorityAttestation, fromHex(test.serialized));
  if (attestation === undefined) return failed(test.id, 'no attestation');
  const { metadataPointer: text, signature } = attestation;
  const isWhole = toHex(text) === test.metadata_hash && toHex(signature) === test.signature;
  const signed = { by: test.authority.public_bin, text, signature };
  return isWhole && isSigned(signed, crypto)
    ? passed(test.id)
    : failed(test.id, 'another attestation');
}

/** A disclosure's fields are rows of records; whether they are believed is the overlay's matter. */
function checkDisclosure(id: string, { metadata, authorities }: Disclosure): readonly CaseResult[] {
  const disclosed = readWhole(DisclosedMetadata, fromHex(metadata));
  const keys = readWhole(DisclosedAuthorities, fromHex(authorities));
  const isRead =
    disclosed !== undefined &&
    keys !== undefined &&
    disclosed.records.every((record) => readWhole(Metadata, record) !== undefined);
  return [
    isRead ? passed(`${id}-records`) : failed(`${id}-records`, 'other records'),
    skipped(id, NO_TREE),
  ];
}
