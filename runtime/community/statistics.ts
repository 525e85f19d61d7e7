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
type Tallies = { readonly sent: Tally; readonly received: Tally };

export class Statistics {
  readonly #clock: Pick<Clock, 'wallTime'>;
  /** By the byte that is the id: BOUNDED by its 256 values. */
  readonly #byId = new Map<number, Tallies>();

  constructor(clock: Pick<Clock, 'wallTime'>) {
    this.#clock = clock;
  }

  countSent(datagram: Uint8Array): void {
    this.#count('sent', datagram);
  }

  countReceived(datagram: Uint8Array): void {
    this.#count('received', datagram);
  }

  /** As they are now. `nameOf` gives a message's name by its id. */
  read(
    nameOf: (messageId: number) => string | undefined,
  ): Omit<OverlayStatistics, 'overlay' | 'communityId'> {
    const ids = [...this.#byId].toSorted(([one], [other]) => one - other);
    const messages = ids.map(([messageId, { sent, received }]) => ({
      messageId,
      messageName: nameOf(messageId),
      sent: { ...sent },
      received: { ...received },
    }));
    return {
      sent: sum(messages.map(({ sent }) => sent)),
      received: sum(messages.map(({ received }) => received)),
      messages,
    };
  }

  #count(direction: keyof Tallies, datagram: Uint8Array): void {
    const id = messageIdOf(datagram);
    if (id === undefined) return;
    let tallies = this.#byId.get(id);
    if (tallies === undefined) {
      tallies = { sent: none(), received: none() };
      this.#byId.set(id, tallies);
    }
    const tally = tallies[direction];
    const now = this.#clock.wallTime();
    tally.count += 1;
    tally.bytes += datagram.length;
    tally.firstAt ??= now;
    tally.lastAt = now;
  }
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
