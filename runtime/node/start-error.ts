/** What kept a node from starting. */
export type StartErrorCode =
  | 'key' // a key cannot be read, written or made
  | 'endpoint' // no socket could be opened
  | 'overlay' // a community's `create` threw
  | 'stopped'; // it was stopped: a node lives once

/** A node did not start. Whatever it had opened is closed again. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
