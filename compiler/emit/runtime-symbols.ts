/**
 * The names generated code may import from the codegen entry; a test holds them against
 * `runtime/codegen.ts`.
 */
export const RUNTIME_SYMBOLS = [
  'Address',
  'CodecValue',
  'Destination',
  'Handlers',
  'Protocol',
  'Reader',
  'RequestOptions',
  'RequestType',
  'Requester',
  'Sender',
  'TimedSendOptions',
  'Writer',
] as const;

export type RuntimeSymbol = (typeof RUNTIME_SYMBOLS)[number];
