/** Whether a request may found a community: only when somebody signed it, and there is time to look. */
import type { Address } from '../address/address.ts';
import type { VerifyBudget } from '../budget/verify-budget.ts';
import { type DropReason, identify, open, type OpenOptions } from '../packet/open.ts';
import { IntroductionRequest, NewIntroductionRequest } from '../../generated/introduction.ts';

/** BOUNDED by the two forms of a request. */
const REQUESTS = new Map(
  [IntroductionRequest, NewIntroductionRequest].map((type) => [type.id, type] as const),
);

/** Gives why a datagram founds nothing; undefined when it may. */
export type FounderCheck = (datagram: Uint8Array, from: Address) => DropReason | undefined;

/**
 * Making a community, and letting another go for it, costs more than looking at a signature. The
 * community then looks at it once more, which its first message alone pays for.
 */
export function createFounderCheck(
  options: OpenOptions & { readonly verifyBudget: VerifyBudget },
): FounderCheck {
  const { verifyBudget } = options;
  return (datagram, from) => {
    const type = identify(datagram, REQUESTS);
    if (!type.ok) return type.error.reason;
    const opened = open(datagram, type.value, options, (_, curve) =>
      verifyBudget.admit({ from, curve, isExpected: false, session: () => undefined }),
    );
    verifyBudget.settle();
    return opened.ok ? undefined : opened.error.reason;
  };
}
