/** How much an overlay sends and receives, by message. */
import type { Clock } from '../env/clock.ts';
import { messageIdOf } from '../packet/header.ts';

/** One direction of one message, or of all. */
export type Flow = {
  /** Datagrams. */
  readonly count: number;
  /** Of whole datagrams, prefix and signature included. */
  readonly bytes: number;
  /** Milliseconds since 1970 of the first one; undefined while there was none. */
  readonly firstAt: number | undefined;
  readonly lastAt: number | undefined;
};

export type MessageStatistics = {
  readonly messageId: number;
  /** By the schema; undefined for ids that the overlay has no message for. */
  readonly messageName: string | undefined;
  readonly sent: Flow;
  /** What came with the overlay's prefix and this id, whatever became of it. */
  readonly received: Flow;
};

/** What py-ipv8's StatisticsEndpoint knows of an overlay (3.2 interfaces/statistics_endpoint.py). */
export type OverlayStatistics = {
  readonly overlay: string;
  /** 40 hexadecimal digits. */
  readonly communityId: string;
  readonly sent: Flow;
  readonly received: Flow;
  /** By their ids, those that were sent or received. */
  readonly messages: readonly MessageStatistics[];
};

type Tally = { -readonly [Name in keyof Flow]: Flow[Name] };

/**
 * What is known of a message, as numbers in one array: eight properties that change with each
 * datagram would take twice the memory, and each would be another place in it. From `SENT` and from
 * `RECEIVED`: the count, the bytes, and when the first and the last one was.
 */
type Tallies = number[];

const SENT = 0;
const RECEIVED = 4;

export class Statistics {
  readonly #clock: Pick<Clock, 'wallTime'>;
  /** By the byte that is the id: BOUNDED by its 256 values. */
  readonly #byId = new Map<number, Tallies>();

  constructor(clock: Pick<Clock, 'wallTime'>) {
    this.#clock = clock;
  }

  countSent(datagram: Uint8Array): void {
    this.#count(SENT, datagram);
  }

  countReceived(datagram: Uint8Array): void {
    this.#count(RECEIVED, datagram);
  }

  /** As they are now. `nameOf` gives a message's name by its id. */
  read(
    nameOf: (messageId: number) => string | undefined,
  ): Omit<OverlayStatistics, 'overlay' | 'communityId'> {
    const ids = [...this.#byId].toSorted(([one], [other]) => one - other);
    const messages = ids.map(([messageId, tallies]) => ({
      messageId,
      messageName: nameOf(messageId),
      sent: flowAt(tallies, SENT),
      received: flowAt(tallies, RECEIVED),
    }));
    return {
      sent: sum(messages.map(({ sent }) => sent)),
      received: sum(messages.map(({ received }) => received)),
      messages,
    };
  }

  #count(at: typeof SENT | typeof RECEIVED, datagram: Uint8Array): void {
    const id = messageIdOf(datagram);
    if (id === undefined) return;
    let tallies = this.#byId.get(id);
    if (tallies === undefined) {
      tallies = [0, 0, 0, 0, 0, 0, 0, 0];
      this.#byId.set(id, tallies);
    }
    const now = this.#clock.wallTime();
    const count = tallies[at] ?? 0;
    tallies[at] = count + 1;
    tallies[at + 1] = (tallies[at + 1] ?? 0) + datagram.length;
    if (count === 0) tallies[at + 2] = now;
    tallies[at + 3] = now;
  }
}

function flowAt(tallies: Tallies, at: number): Flow {
  const [count = 0, bytes = 0, firstAt, lastAt] = tallies.slice(at, at + 4);
  return count === 0 ? none() : { count, bytes, firstAt, lastAt };
}

function none(): Tally {
  return { count: 0, bytes: 0, firstAt: undefined, lastAt: undefined };
}

function sum(flows: readonly Flow[]): Flow {
  const total = none();
  for (const { count, bytes, firstAt, lastAt } of flows) {
    total.count += count;
    total.bytes += bytes;
    if (firstAt !== undefined) total.firstAt = Math.min(total.firstAt ?? firstAt, firstAt);
    if (lastAt !== undefined) total.lastAt = Math.max(total.lastAt ?? lastAt, lastAt);
  }
  return total;
}
