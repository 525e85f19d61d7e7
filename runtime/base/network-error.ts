/** What can go wrong between us and the network. */
export type NetworkErrorCode =
  | 'closed' // the socket or overlay is not running
  | 'port-taken' // somebody else is bound there
  | 'refused' // the system or the network said no
  | 'too-large' // the datagram does not fit its path
  | 'no-address' // the peer has no known address
  | 'over-budget' // enough was sent to who never answered us
  | 'timeout'
  | 'full';

export class NetworkError extends Error {
  override readonly name = 'NetworkError';
  readonly code: NetworkErrorCode;

  constructor(code: NetworkErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
