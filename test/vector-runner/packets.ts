/** packets.json: whole datagrams, valid and hostile, cut and changed, opened as an overlay opens them. */
import * as attestation from '../../generated/attestation.ts';
import * as dht from '../../generated/dht.ts';
import * as discovery from '../../generated/discovery.ts';
import * as identity from '../../generated/identity.ts';
import * as introduction from '../../generated/introduction.ts';
import * as tunnel from '../../generated/tunnel.ts';
import { decode } from '../../runtime/codegen.ts';
import { equalBytes, fromHex, toHex } from '../../runtime/base/bytes.ts';
import type { Crypto } from '../../runtime/crypto/crypto.ts';
import { identify, openFirst, type Drop, type Opened } from '../../runtime/packet/open.ts';
import { createPrefix, PREFIX_BYTES } from '../../runtime/packet/header.ts';
import { seal } from '../../runtime/packet/seal.ts';
import type { MessageType } from '../../runtime/protocol/protocol.ts';
import * as vec from '../generated/vec.ts';
import { failed, passed, skipped, type CaseResult } from './case-result.ts';
import { contentOf } from './cells.ts';
import { readFieldsOf } from './delivered.ts';
import type { Difference } from './differences.ts';
import { differenceOf } from './formats.ts';
import { messagesOf } from './protocol-messages.ts';
import { isSame, type Json } from './values.ts';

type Payload = { readonly class: string; readonly fields: { readonly [name: string]: Json } };

type Outcome = {
  readonly result:
    | 'ignored'
    | 'unknown_message'
    | 'deprecated_message'
    | 'rejected'
    | 'raised'
    | 'accepted'
    | 'dropped';
  readonly stage?: string;
  readonly delivered?: readonly Payload[];
};

type Case = {
  readonly id: string;
  readonly name: string;
  readonly community: string;
  readonly hex: string;
  readonly outcome: Outcome;
};

type Valid = Case & {
  readonly signed: boolean;
  readonly sender: { readonly private_bin: string; readonly level: string } | null;
};

type Run = { readonly from: number; readonly to: number; readonly outcome: Outcome };

type Sweep = {
  readonly id: string;
  readonly community: string;
  readonly name: string;
  readonly runs: readonly Run[];
};

type Transcript = {
  readonly id: string;
  readonly name: string;
  readonly community: string;
  /** Of a community whose id is made at run time. */
  readonly community_id?: string;
  readonly nodes: readonly {
    readonly name: string;
    readonly private_bin: string;
    readonly level: string;
  }[];
  readonly datagrams: readonly {
    readonly from: string;
    readonly hex: string;
    readonly decoded: {
      readonly auth?: Json;
      readonly global_time?: string;
      readonly payloads?: readonly Payload[];
    };
  }[];
};

type Scene = {
  readonly transcripts?: readonly Transcript[];
  readonly prefixes: { readonly [community: string]: string };
  readonly valid: readonly Valid[];
  readonly hostile: readonly Case[];
  readonly mutation_sweeps?: readonly (Sweep & { readonly hex: string; readonly xor: number })[];
  readonly truncation_sweeps?: readonly (Sweep & {
    readonly hex: string;
    readonly complete: Outcome;
  })[];
  readonly msg_id_sweeps?: readonly (Sweep & { readonly prefix: string; readonly body: string })[];
};

const INTRODUCTION: readonly MessageType<unknown>[] = Object.values(
  introduction.introductionProtocol.messages,
);

/** What each recorded community handles on its socket. */
const MESSAGES: { readonly [community: string]: readonly MessageType<unknown>[] } = {
  vec: messagesOf(vec.vecProtocol),
  dht: messagesOf(dht.dhtDiscoveryProtocol),
  identity: messagesOf(identity.identityProtocol),
  wallet: messagesOf(attestation.attestationProtocol),
  discovery: messagesOf(discovery.discoveryProtocol),
  tunnel: [
    tunnel.Cell,
    tunnel.Destroy,
    tunnel.CreateEndToEnd,
    tunnel.PeersRequest,
    tunnel.PeersResponse,
  ],
};

/** py-ipv8 reads these with a reader that leaves what follows, from cells and sockets alike. */
const LENIENT: ReadonlySet<MessageType<unknown>> = new Set([
  tunnel.CreateEndToEnd,
  tunnel.PeersRequest,
  tunnel.PeersResponse,
]);

type Verdict =
  | { readonly result: 'ignored' | 'unknown_message' | 'deprecated_message' }
  | { readonly result: 'rejected'; readonly drop: Drop }
  | { readonly result: 'accepted'; readonly opened: Opened<MessageType<unknown>> };

type Receiver = {
  readonly prefix: Uint8Array;
  readonly community: string;
  readonly crypto: Crypto;
};

export function checkPackets(
  file: { readonly scenes: readonly Scene[] },
  crypto: Crypto,
): CaseResult[] {
  return file.scenes.flatMap((scene) => {
    const receiver = (community: string): Receiver => ({
      community,
      crypto,
      prefix: fromHex(scene.prefixes[community] ?? ''),
    });
    return [
      ...scene.valid.flatMap((test) => checkValid(test, receiver(test.community))),
      ...scene.hostile.map((test) => check(test, receiver(test.community))),
      ...(scene.mutation_sweeps ?? []).flatMap((sweep) =>
        checkMutations(sweep, receiver(sweep.community)),
      ),
      ...(scene.truncation_sweeps ?? []).flatMap((sweep) =>
        checkCuts(sweep, receiver(sweep.community)),
      ),
      ...(scene.msg_id_sweeps ?? []).flatMap((sweep) => checkIds(sweep, receiver(sweep.community))),
      ...(scene.transcripts ?? []).flatMap((transcript) => {
        const { community, community_id } = transcript;
        const own = community_id === undefined ? undefined : createPrefix(2, community_id);
        const known = receiver(community);
        return validPackets(transcript).flatMap((test) =>
          checkValid(test, { ...known, prefix: own ?? known.prefix }),
        );
      }),
    ];
  });
}

/** A conversation's datagrams, each as a packet that is valid by itself. */
function validPackets({ id, name, community, nodes, datagrams }: Transcript): Valid[] {
  return datagrams.map(({ from, hex, decoded }, at) => {
    const time = decoded.global_time;
    const header =
      time === undefined
        ? []
        : [{ class: 'GlobalTimeDistributionPayload', fields: { global_time: time } }];
    return {
      id: `${id}-${at}`,
      name,
      community,
      hex,
      signed: decoded.auth !== undefined,
      sender: nodes.find((node) => node.name === from) ?? null,
      outcome: { result: 'accepted', delivered: [...header, ...(decoded.payloads ?? [])] },
    };
  });
}

function checkMutations(
  sweep: Sweep & { readonly hex: string; readonly xor: number },
  receiver: Receiver,
): CaseResult[] {
  const whole = fromHex(sweep.hex);
  return eachStep(sweep).map(({ id, step, outcome }) => {
    const changed = whole.slice();
    changed[step] = (changed[step] ?? 0) ^ sweep.xor;
    return check({ ...sweep, id, hex: toHex(changed), outcome }, receiver);
  });
}

function checkCuts(
  sweep: Sweep & { readonly hex: string; readonly complete: Outcome },
  receiver: Receiver,
): CaseResult[] {
  const complete = check(
    { ...sweep, id: `${sweep.id}-complete`, outcome: sweep.complete },
    receiver,
  );
  const cuts = eachStep(sweep).map(({ id, step, outcome }) =>
    check({ ...sweep, id, hex: sweep.hex.slice(0, 2 * step), outcome }, receiver),
  );
  return [complete, ...cuts];
}

function checkIds(
  sweep: Sweep & { readonly prefix: string; readonly body: string },
  receiver: Receiver,
): CaseResult[] {
  return eachStep(sweep).map(({ id, step, outcome }) => {
    const hex = sweep.prefix + step.toString(16).padStart(2, '0') + sweep.body;
    return check({ ...sweep, id, hex, outcome }, receiver);
  });
}

function eachStep(
  sweep: Sweep,
): { readonly id: string; readonly step: number; readonly outcome: Outcome }[] {
  return sweep.runs.flatMap(({ from, to, outcome }) =>
    Array.from({ length: to - from + 1 }, (_, at) => ({
      id: `${sweep.id}@${from + at}`,
      step: from + at,
      outcome,
    })),
  );
}

/** A recorded valid packet: opened, and sealed again from what was read. */
function checkValid(test: Valid, receiver: Receiver): CaseResult[] {
  const opened = check(test, receiver);
  if (opened.status !== 'passed') return [opened];
  const sealed = checkSeal({ ...test, id: `${test.id}-sealed` }, receiver);
  return sealed === undefined ? [opened] : [opened, sealed];
}

/** Ed25519 and unsigned packets come out equal; an ECDSA signature is fresh, so that one is verified instead. */
function checkSeal(test: Valid, receiver: Receiver): CaseResult | undefined {
  const bytes = fromHex(test.hex);
  const verdict = judge(bytes, receiver, 'strict');
  if (verdict.result !== 'accepted') return undefined;
  const { type, message, globalTime } = verdict.opened;
  const { crypto, prefix } = receiver;
  const key =
    test.sender === null
      ? crypto.generateKey('curve25519')
      : crypto.privateKey(fromHex(test.sender.private_bin));
  if (!key.ok) return failed(test.id, key.error.message);
  const envelope = {
    prefix,
    crypto,
    identity: key.value,
    ...(globalTime === undefined ? {} : { globalTime }),
  };
  const sealed = seal(type, message, envelope);
  const isFresh = test.signed && test.sender?.level !== 'curve25519';
  if (!isFresh) {
    return equalBytes(sealed, bytes)
      ? passed(test.id)
      : failed(test.id, `seals to ${toHex(sealed)}`);
  }
  const length = key.value.publicKey.signatureLength;
  const isSameBody = equalBytes(sealed.subarray(0, -length), bytes.subarray(0, -length));
  const again = judge(sealed, receiver, 'strict');
  return isSameBody && again.result === 'accepted'
    ? passed(test.id)
    : failed(test.id, 'seals to another packet');
}

/** Compat must meet the recorded verdict, strict too but for named differences. */
function check(test: Case, receiver: Receiver): CaseResult {
  const bytes = fromHex(test.hex);
  const reason = notBuilt(bytes, test, receiver);
  if (reason !== undefined) return skipped(test.id, reason);
  const compat = judge(bytes, receiver, 'compat');
  const problem = compare(test.outcome, compat);
  const named = problem === undefined ? undefined : compatDifference(test, compat);
  if (problem !== undefined && named === undefined)
    return failed(test.id, `compat: ${problem} (${test.name})`);
  const strict = judge(bytes, receiver, 'strict');
  if (named !== undefined) return passed(test.id, named);
  if (compare(test.outcome, strict) === undefined) return passed(test.id, valueDifference(compat));
  const difference = strictDifference(compat, strict);
  if (difference !== undefined) return passed(test.id, difference);
  if (isMisread(compat, strict)) return passed(test.id, 'dispersy-tag');
  return failed(test.id, `strict: ${compare(test.outcome, strict)} (${test.name})`);
}

function notBuilt(bytes: Uint8Array, test: Case, receiver: Receiver): string | undefined {
  if (!equalBytes(bytes.subarray(0, PREFIX_BYTES), receiver.prefix)) return undefined;
  const id = bytes[PREFIX_BYTES];
  if (id === undefined) return undefined;
  const isDropped = test.outcome.result === 'dropped';
  return test.community === 'tunnel' && id === tunnel.Cell.id && isDropped
    ? 'which cells are dropped is the tunnel overlay’s to decide, which is not built'
    : undefined;
}

function judge(bytes: Uint8Array, receiver: Receiver, mood: 'strict' | 'compat'): Verdict {
  if (!equalBytes(bytes.subarray(0, PREFIX_BYTES), receiver.prefix)) return { result: 'ignored' };
  const known = [...(MESSAGES[receiver.community] ?? []), ...INTRODUCTION];
  const types = identify(bytes, groupById(known));
  if (!types.ok) {
    const { reason } = types.error;
    if (reason === 'too-short') return { result: 'rejected', drop: { reason } };
    return { result: reason === 'unknown-message' ? 'unknown_message' : 'deprecated_message' };
  }
  const compat = mood === 'compat';
  const tolerateTrailing = compat && LENIENT.has(types.value[0]);
  const opened = openFirst(bytes, types.value, {
    crypto: receiver.crypto,
    compat,
    tolerateTrailing,
  });
  if (!opened.ok) return { result: 'rejected', drop: opened.error };
  const { message } = opened.value;
  if (message instanceof tunnel.Cell) return judgeContent(message, compat);
  return { result: 'accepted', opened: opened.value };
}

/** What travels in a cell in plain text: the two messages that make a hop. */
function judgeContent(cell: tunnel.Cell, compat: boolean): Verdict {
  const content = contentOf(cell);
  const types: readonly MessageType<unknown>[] = [tunnel.Create, tunnel.Created];
  const type = types.find(({ id }) => id === content?.id);
  if (content === undefined || type === undefined) {
    return { result: 'rejected', drop: { reason: 'too-short' } };
  }
  const decoded = decode(type, content.bytes, { compat, tolerateTrailing: compat });
  if (!decoded.ok) return { result: 'rejected', drop: { reason: 'decode', error: decoded.error } };
  const opened = { type, message: decoded.value, peer: undefined, globalTime: undefined };
  return { result: 'accepted', opened };
}

type Types = readonly [MessageType<unknown>, ...MessageType<unknown>[]];

/** In the order in which they are tried. */
function groupById(types: readonly MessageType<unknown>[]): ReadonlyMap<number, Types> {
  const byId = new Map<number, Types>();
  for (const type of types) {
    const before = byId.get(type.id);
    byId.set(type.id, before === undefined ? [type] : [...before, type]);
  }
  return byId;
}

/** What differs between the recorded verdict and ours, or undefined. */
function compare(recorded: Outcome, ours: Verdict): string | undefined {
  // What a handler refused had been decoded; an exception is a refusal too.
  const isDelivered = recorded.delivered !== undefined || recorded.result === 'accepted';
  const isRefused = recorded.result === 'rejected' || recorded.result === 'raised';
  const expected = isDelivered ? 'accepted' : isRefused ? 'rejected' : recorded.result;
  if (ours.result !== expected) {
    const why = ours.result === 'rejected' ? ` for ${ours.drop.reason}` : '';
    return `${ours.result}${why}, recorded ${recorded.result}`;
  }
  if (ours.result !== 'accepted' || recorded.delivered === undefined) return undefined;
  const [first, ...others] = recorded.delivered;
  const isTimed = first?.class === 'GlobalTimeDistributionPayload';
  const payloads = isTimed ? others : recorded.delivered;
  const time = isTimed ? first.fields['global_time'] : undefined;
  if (isTimed && !isSame(time, ours.opened.globalTime)) return 'another global time';
  const fields = readFieldsOf(payloads, ours.opened.type);
  return isSame(fields, ours.opened.message) ? undefined : 'other values';
}

/** A row that explains why even compat decoding does not give what was recorded. */
function compatDifference(test: Case, ours: Verdict): Difference | undefined {
  if (ours.result === 'accepted' && test.name.includes('broken node key')) {
    return 'keys-are-read-by-the-overlay';
  }
  const isBadKey = ours.result === 'rejected' && ours.drop.reason === 'bad-key';
  return isBadKey && test.name.includes('secp256r1') ? 'other-curves' : undefined;
}

/** A row that explains why a value we accept is given in another way; `fieldsOf` has turned it round. */
function valueDifference(ours: Verdict): Difference | undefined {
  if (ours.result !== 'accepted') return undefined;
  const { type } = ours.opened;
  const isAdvised =
    type === introduction.IntroductionRequest || type === discovery.DiscoveryIntroductionRequest;
  return isAdvised ? 'advice-bit' : undefined;
}

/** True of what only a reader that looks at no constant takes for a message of Dispersy's. */
function isMisread(compat: Verdict, strict: Verdict): boolean {
  return (
    compat.result === 'accepted' &&
    compat.opened.type === discovery.DiscoveryIntroductionRequest &&
    strict.result === 'accepted' &&
    strict.opened.type === introduction.IntroductionRequest
  );
}

/** A row that explains why strict refuses what compat accepts. */
function strictDifference(compat: Verdict, strict: Verdict): Difference | undefined {
  if (compat.result !== 'accepted' || strict.result !== 'rejected') return undefined;
  const { drop } = strict;
  if (drop.reason === 'bad-key') return 'trailing-key-bytes';
  if (drop.reason !== 'decode') return undefined;
  if (drop.error.reason === 'trailing-bytes' && drop.error.field === 'end')
    return 'bytes-behind-a-tunnel-message';
  return differenceOf(drop.error, true);
}
