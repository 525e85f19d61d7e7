import { diagnose } from '../../diagnostics/diagnostic.ts';
import type { CheckContext } from '../context.ts';
import { requestsOf } from '../requests.ts';

/** An hour: a longer wait is no request. */
const TIMEOUT_MS_MAX = 3_600_000;

/** More is a flood of packets at somebody who does not answer. */
const RETRIES_MAX = 10;

/** A request waits for at least a millisecond and at most an hour, and asks again 10 times at most. */
export function requestLimits(context: CheckContext): void {
  for (const { request } of requestsOf(context)) {
    const { retry, timeout } = request;
    if (timeout !== undefined) {
      const { milliseconds, span } = timeout;
      if (milliseconds < 1 || milliseconds > TIMEOUT_MS_MAX) {
        const notes = ['a request waits from 1 ms to one hour, `3600s`'];
        context.report(diagnose('request/timeout', {}, { at: span, notes }));
      }
    }
    const count = context.symbols.evaluate(retry);
    if (retry === undefined || count === undefined) continue;
    if (count >= 0n && count <= BigInt(RETRIES_MAX)) continue;
    const notes = [`a request is repeated 0 to ${RETRIES_MAX} times`];
    context.report(
      diagnose('request/retries', { count: String(count) }, { at: retry.span, notes }),
    );
  }
}
