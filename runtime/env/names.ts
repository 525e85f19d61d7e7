import type { NetworkError } from '../base/network-error.ts';
import type { Result } from '../base/result.ts';
import type { HostAddress } from './interfaces.ts';

/** Host names. */
export type Names = {
  /**
   * The addresses of a host now, at least one; fails with code `no-address` when it has none or
   * nobody could be asked. Takes as long as it takes: whoever has waited enough aborts `signal`, and
   * nothing of the lookup is left then. Never rejects.
   */
  lookUp(name: string, signal: AbortSignal): Promise<Result<readonly HostAddress[], NetworkError>>;
};
