/**
 * How much of a core strangers, sessions and answers may take: for checking their signatures, and
 * for what their messages ask for at once. A wrong signature costs as much as a right one, so this is decided before it is looked at.
 */

/** How fast work is admitted, and how much of it at once. */
export type Pace = {
  /** Milliseconds of work in each millisecond: a share of one core. */
  readonly share: number;
  /** Milliseconds of work that may come at once after a rest. */
  readonly burstMs: number;
};

/** The paces of a node. What is on the left of an arrow needs room on the right of it too. */
export type VerifyPaces = {
  /** Answers, sessions and strangers together. The rest of the core is for what we start ourselves. */
  readonly total: Pace;
  /**
   * Whoever never answered us. Theirs whatever the others use up. About 1,200 checks of curve25519 a
   * second: hundreds of newcomers, while a flood leaves four fifths of the core alone. The burst is
   * short: what comes meanwhile waits in the system's buffer, which holds 100 ms of a flood. A
   * tracker, which lives of strangers, is given more.
   */
  readonly strangers: Pace;
  /**
   * Strangers with keys on binary curves → `strangers`. One check takes up to 5.8 ms, so that 200
   * of them a second, some 70 kB, would be a whole core. This is seven a second of the dearest, and
   * four at once, which is a pause of 24 ms.
   */
  readonly binaryCurves: Pace;
  /**
   * One /24 of IPv4, or /64 of IPv6, with such keys, once half of that burst is used up: one of the
   * dearest checks at once, and two a second.
   */
  readonly binarySubnet: Pace;
  /** One IPv4 address, or one /64 of IPv6, once strangers have used up half of their burst. */
  readonly address: Pace;
  /** One /24 of IPv4, then too: four liars in one network are not four strangers. */
  readonly subnet: Pace;
  /**
   * One peer at its proved address → `total`, once a quarter of the total burst is used up: whoever
   * forges its address and key, both of which are no secret, takes this at most from the others.
   */
  readonly session: Pace;
  /**
   * The same, once three eighths are used up, because many are forged. 60 checks of curve25519 a
   * second, and at least one of the dearest key: twice as many peers as an overlay has may be forged
   * together, and there is room for one that is not.
   */
  readonly crowdedSession: Pace;
  /**
   * The same, once seven sixteenths are used up, because still more are forged: six checks of
   * curve25519 a second, which is more than an introduction and a ping. Some five hundred peers,
   * several times as many as the overlays of a node have, may then be forged together.
   */
  readonly swampedSession: Pace;
  /**
   * Answers that we wait for, all together → `total`. 2,100 checks of curve25519 a second, more than
   * any walk or crawl asks for; whoever has us wait for many hosts, and forges them, leaves the
   * rest to sessions.
   */
  readonly answers: Pace;
  /**
   * Answers from one host that we asked, whatever their port, once half of that burst is used up:
   * whoever has us ask one host may answer from all of its ports. 60 checks of curve25519
   * a second, and at least one of the dearest key.
   */
  readonly answerer: Pace;
  /**
   * The same, once three quarters are used up: six a second of each. Two hundred hosts, more than
   * walks ask within the time that an answer may take, may then be forged together.
   */
  readonly crowdedAnswerer: Pace;
};

export const VERIFY_PACES: VerifyPaces = {
  total: { share: 0.95, burstMs: 400 },
  strangers: { share: 0.2, burstMs: 60 },
  binaryCurves: { share: 0.04, burstMs: 24 },
  binarySubnet: { share: 0.01, burstMs: 6 },
  address: { share: 0.05, burstMs: 10 },
  subnet: { share: 0.1, burstMs: 15 },
  session: { share: 0.1, burstMs: 40 },
  crowdedSession: { share: 0.01, burstMs: 6 },
  swampedSession: { share: 0.001, burstMs: 6 },
  answers: { share: 0.35, burstMs: 140 },
  answerer: { share: 0.01, burstMs: 6 },
  crowdedAnswerer: { share: 0.001, burstMs: 6 },
};

/**
 * For a node whose work is to answer strangers: all but what its own walks and checks need. Many of
 * them have keys on binary curves, as py-ipv8's tutorial teaches.
 */
export const TRACKER_VERIFY_PACES: Partial<VerifyPaces> = {
  strangers: { share: 0.75, burstMs: 200 },
  binaryCurves: { share: 0.35, burstMs: 200 },
  binarySubnet: { share: 0.05, burstMs: 30 },
};

/**
 * Of the total burst, what answers may use up, and sessions: the rest is room for strangers' burst,
 * and for that and the answers'. So none of the three waits for another.
 */
export const TOTAL_BURST_SHARES = { answers: 0.85, sessions: 0.5 } as const;

/**
 * Addresses, subnets, sessions and asked hosts that are paced one by one, of each kind. They
 * are remembered under pressure only, and all forgotten when it is over; an entry is some hundred
 * bytes. Beyond it: the one paced longest ago is forgotten, and may begin a new burst; the pace of all of
 * them together still holds.
 */
export const PACED_SOURCES_MAX = 4_096;

/**
 * What one message is charged at most, in milliseconds, whatever passed while it was handled: a
 * system that did something else for longer, or slept, is no fault of its sender. Beyond it: the
 * rest is charged to nobody.
 */
export const SETTLED_MS_MAX = 20;
