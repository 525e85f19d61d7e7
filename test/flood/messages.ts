/** What the processes of the rig say to each other. */
import type { Kind } from './packets.ts';

export type VictimCommand = { readonly command: 'start' | 'mark' | 'measure' | 'stop' };

/** What a victim says of itself; counts and processor time are those since the last mark. */
export type VictimState = {
  readonly port: number;
  /** True when its client's address is proved. */
  readonly isProved: boolean;
  /** After the collector ran, in bytes. */
  readonly memory: { readonly rss: number; readonly held: number };
  /** 99th percentile of the delay of the event loop, in milliseconds. */
  readonly loopP99Ms: number;
  readonly cpuMs: number;
  readonly received: number;
  readonly outcomes: { readonly [outcome: string]: number };
  /** Datagrams that the system dropped because the socket's buffer was full; undefined where it does not say. */
  readonly lost: number | undefined;
};

export type FlooderCommand = {
  readonly kind: Kind;
  readonly pps: number;
  readonly seconds: number;
  readonly port: number;
  /** The private key of the client, in base64. */
  readonly known: string;
};

/** Progress of a flooder: ready when its junk is made; then any message lets it go, and it is done. */
export type FlooderState =
  | { readonly state: 'ready' }
  | { readonly state: 'done'; readonly sent: number; readonly seconds: number };
