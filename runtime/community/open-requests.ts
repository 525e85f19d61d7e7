/**
 * Questions that wait for their answer. An answer counts when its type, its number, the address it
 * comes from and, where a certain peer was asked, its key are those of a question that waits; it
 * then ends the waiting. Whatever else comes moves nothing, and a wrong guess takes nothing away
 * from the right answer.
 */
import { type Address, equalAddress } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { assert } from '../base/assert.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, type Result } from '../base/result.ts';
import type { Clock, Timer } from '../env/clock.ts';
import type { Random } from '../env/random.ts';
import type { Peer } from '../peer/peer.ts';
import type { MessageType } from '../protocol/protocol.ts';
import type { RequestId, RequestType } from '../protocol/requests.ts';
import { Ignored } from './counters.ts';
import { OPEN_REQUESTS_MAX } from './limits.ts';
import type { RouteContext } from './router.ts';

/** A question, and who must answer it. */
export type Ask = {
  readonly type: RequestType;
  readonly address: Address;
  /** Whose answer it must be; undefined when only the address is known. */
  readonly peer: Peer | undefined;
  /** For each time it is asked, in milliseconds. */
  readonly timeoutMs: number;
  readonly retries: number;
  /** The datagram with this number, made once: each time the same bytes are sent. */
  readonly seal: (id: RequestId) => Result<Uint8Array, NetworkError>;
};

/** What ends the waiting. */
export type Answered =
  | { readonly ok: true; readonly value: unknown; readonly context: RouteContext }
  | { readonly ok: false; readonly error: NetworkError };

export type OpenRequestsParts = {
  readonly clock: Clock;
  /** The secure source: who can guess a number can forge an unsigned answer. */
  readonly random: Random;
  readonly transmit: (datagram: Uint8Array, to: Address) => Result<undefined, NetworkError>;
  /** An address, and others where the peer there answers from as well. */
  readonly placesOf: (address: Address) => readonly Address[];
  /** Hears of every answer that counts, before it is handed over. */
  readonly onAnswer: (context: RouteContext) => void;
};

type Open = Pick<Ask, 'type' | 'address' | 'peer' | 'timeoutMs'> & {
  readonly id: RequestId;
  readonly datagram: Uint8Array;
  readonly resolve: (answered: Answered) => void;
  retriesLeft: number;
  timer: Timer | undefined;
};

/** The questions that one type of message may answer. */
type Waiting = {
  /** By the answer's property and the number in it. */
  readonly byKey: Map<string, Open>;
  /** How many of them were sent to an address. */
  readonly countAt: Map<string, number>;
};

/** With half of the numbers free, so many draws miss all of them once in 2^128 times. */
const DRAWS_MAX = 128;

export class OpenRequests {
  readonly #parts: OpenRequestsParts;
  /** BOUNDED by the answers of the protocol; what they hold, by `OPEN_REQUESTS_MAX`. */
  readonly #waiting = new Map<MessageType<unknown>, Waiting>();
  /** BOUNDED by `OPEN_REQUESTS_MAX`. */
  #size = 0;
  #isClosed = false;

  constructor(parts: OpenRequestsParts) {
    this.#parts = parts;
  }

  /** Questions that wait. */
  get size(): number {
    return this.#size;
  }

  /** Asks now; resolves when it is answered or given up. @throws EncodeError, as a rejection. */
  async ask(ask: Ask): Promise<Answered> {
    const { retries, timeoutMs, type } = ask;
    assert(timeoutMs > 0 && Number.isFinite(timeoutMs), `${type.name} waits ${timeoutMs} ms`);
    assert(
      Number.isInteger(retries) && retries >= 0,
      `${type.name} is asked ${retries} times more`,
    );
    if (this.#isClosed) return fail(new NetworkError('closed', 'the overlay was left'));
    const id = this.#drawId(type);
    if (id === undefined) {
      return fail(
        new NetworkError('full', `too many questions wait for ${type.answer.messageName}`),
      );
    }
    const datagram = ask.seal(id);
    if (!datagram.ok) return datagram;
    return new Promise((resolve) => {
      this.#add({
        type,
        id,
        address: ask.address,
        peer: ask.peer,
        datagram: datagram.value,
        timeoutMs,
        retriesLeft: retries,
        resolve,
        timer: undefined,
      });
    });
  }

  /** False when a message of this type, from this address, answers nothing: known without a key. */
  isExpected(type: MessageType<unknown>, from: Address): boolean {
    const countAt = this.#waiting.get(type)?.countAt;
    if (countAt === undefined || countAt.size === 0) return false;
    return this.#parts.placesOf(from).some((place) => countAt.has(printAddress(place)));
  }

  /**
   * Hands the answer to who asked; gives why not when it answers nothing. `types` are the requests
   * that messages of this type answer.
   */
  settle(
    types: readonly RequestType[],
    answer: unknown,
    context: RouteContext,
  ): Ignored | undefined {
    const open = types
      .map((type) => this.#waiting.get(type.answer)?.byKey.get(keyIn(answer, type)))
      .find((one) => one !== undefined);
    if (open === undefined) return new Ignored('unsolicited');
    const { from, peer } = context;
    // Of an unsigned answer only the address is known.
    const isOther = open.peer !== undefined && peer !== undefined && open.peer.id !== peer.id;
    const isThere = this.#parts.placesOf(from).some((place) => equalAddress(open.address, place));
    if (isOther || !isThere) return new Ignored('wrong-sender');
    this.#parts.onAnswer(context);
    this.#end(open, { ok: true, value: answer, context });
    return undefined;
  }

  /** Gives up all questions, and every later one at once. */
  close(): void {
    this.#isClosed = true;
    const all = [...this.#waiting.values()].flatMap(({ byKey }) => [...byKey.values()]);
    for (const open of all) {
      this.#end(open, fail(new NetworkError('closed', 'the overlay was left')));
    }
  }

  /**
   * A number that no question of this answer has. At most half of a type's numbers are in use, so
   * that half of all draws succeed; undefined when there is no room.
   */
  #drawId(type: RequestType): RequestId | undefined {
    const { answer, ids } = type;
    const taken = this.#waiting.get(answer)?.byKey;
    const countMax = (Number(ids.max) - Number(ids.min) + 2) / 2;
    if (this.#size >= OPEN_REQUESTS_MAX || (taken?.size ?? 0) + 1 > countMax) return undefined;
    for (let draws = 0; draws < DRAWS_MAX; draws++) {
      const id = drawId(this.#parts.random, ids);
      if (taken?.has(keyOf(type, id)) !== true) return id;
    }
    return undefined;
  }

  #add(open: Open): void {
    const { answer } = open.type;
    const waiting = this.#waiting.get(answer) ?? { byKey: new Map(), countAt: new Map() };
    this.#waiting.set(answer, waiting);
    const address = printAddress(open.address);
    waiting.byKey.set(keyOf(open.type, open.id), open);
    waiting.countAt.set(address, (waiting.countAt.get(address) ?? 0) + 1);
    this.#size += 1;
    this.#send(open);
  }

  #send(open: Open): void {
    const sent = this.#parts.transmit(open.datagram, open.address);
    if (!sent.ok) return this.#end(open, sent);
    open.timer = this.#parts.clock.after(open.timeoutMs, () => this.#onTimeout(open));
  }

  #onTimeout(open: Open): void {
    if (open.retriesLeft > 0) {
      open.retriesLeft -= 1;
      return this.#send(open);
    }
    const text = `no ${open.type.answer.messageName} from ${printAddress(open.address)}`;
    this.#end(open, fail(new NetworkError('timeout', text)));
  }

  #end(open: Open, answered: Answered): void {
    const { byKey, countAt } = this.#waiting.get(open.type.answer) ?? {};
    if (byKey?.delete(keyOf(open.type, open.id)) !== true || countAt === undefined) return;
    const address = printAddress(open.address);
    const left = (countAt.get(address) ?? 1) - 1;
    if (left === 0) countAt.delete(address);
    else countAt.set(address, left);
    this.#size -= 1;
    open.timer?.cancel();
    open.resolve(answered);
  }
}

function keyOf({ answeredBy }: RequestType, id: RequestId): string {
  return `${answeredBy} ${id}`;
}

/** The key under which an answer's question waits. */
function keyIn(answer: unknown, type: RequestType): string {
  // A generated class has the property that its schema's request names.
  const id = (answer as Readonly<Record<string, RequestId>>)[type.answeredBy];
  return keyOf(type, id ?? -1);
}

function drawId(random: Random, { min, max }: RequestType['ids']): RequestId {
  if (typeof min === 'number') return min + random.below(Number(max) - min + 1);
  const drawn = random.bytes(8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return min + (drawn % (BigInt(max) - min + 1n));
}
