/** An endpoint that sends no more than its budget allows: what is over it is counted and dropped. */
import type { Address } from '../address/address.ts';
import { printAddress } from '../address/text.ts';
import { NetworkError } from '../base/network-error.ts';
import { fail, type Result } from '../base/result.ts';
import { EndpointTally, type EndpointCounters, sumCounters, countError } from './counters.ts';
import type { Endpoint } from './endpoint.ts';
import { SendBudget, type SendBudgetParts } from './send-budget.ts';

/** The same endpoint, from then on; its own receiver and its closing are this one's. */
export function createBudgetedEndpoint(endpoint: Endpoint, parts: SendBudgetParts): Endpoint {
  return new BudgetedEndpoint(endpoint, parts);
}

class BudgetedEndpoint implements Endpoint {
  readonly #endpoint: Endpoint;
  readonly #budget: SendBudget;
  readonly #refused = new EndpointTally();

  constructor(endpoint: Endpoint, parts: SendBudgetParts) {
    this.#endpoint = endpoint;
    this.#budget = new SendBudget(parts);
  }

  get address(): Address | undefined {
    return this.#endpoint.address;
  }

  get addresses(): readonly Address[] {
    return this.#endpoint.addresses;
  }

  get counters(): EndpointCounters {
    return sumCounters([this.#endpoint.counters, this.#refused]);
  }

  kernelDrops(): number | undefined {
    return this.#endpoint.kernelDrops?.();
  }

  send(bytes: Uint8Array, to: Address): Result<undefined, NetworkError> {
    if (this.#budget.take(bytes.length, to) !== 'refused') return this.#endpoint.send(bytes, to);
    countError(this.#refused.unsent, 'over-budget');
    const text = `${printAddress(to)} never answered, and was sent enough for now`;
    return fail(new NetworkError('over-budget', text));
  }

  onDatagram(receive: (bytes: Uint8Array, from: Address) => void): void {
    this.#endpoint.onDatagram((bytes, from) => {
      this.#budget.heard(bytes.length, from);
      receive(bytes, from);
    });
  }

  close(): Promise<void> {
    return this.#endpoint.close();
  }
}
