/** Two messages that belong together, as the runtime and its users see them. */
import type { NetworkError } from '../base/network-error.ts';
import type { ContextOf, Destination } from './handlers.ts';
import type { MessageOf, MessageType } from './protocol.ts';

/** Identifiers are numbers, of 64-bit fields big ones. */
export type RequestId = number | bigint;

/** What a schema's `request` says: a question, its answer, and the number that both carry. */
export type RequestType = {
  /** As in the schema. */
  readonly name: string;
  readonly question: MessageType<unknown>;
  readonly answer: MessageType<unknown>;
  /** The property of the question that has the number. */
  readonly askedBy: string;
  /** The property of the answer that repeats it. */
  readonly answeredBy: string;
  /** The numbers that fit both, these two included. */
  readonly ids:
    { readonly min: number; readonly max: number } | { readonly min: bigint; readonly max: bigint };
  /** How long an answer is waited for each time it is asked, in milliseconds. */
  readonly timeoutMs: number;
  /** How often it is asked again. */
  readonly retries: number;
};

/** What is asked: the question's fields but the number, which the runtime draws. */
export type QuestionOf<R extends RequestType> = Omit<MessageOf<R['question']>, R['askedBy']>;

/** What is answered: the answer's fields but the number, which the runtime repeats. */
export type AnswerOf<R extends RequestType> = object &
  Omit<MessageOf<R['answer']>, R['answeredBy']>;

/** What a question's handler gives: the answer, or undefined for none. */
export type Reply<R extends RequestType> =
  AnswerOf<R> | undefined | Promise<AnswerOf<R> | undefined>;

/**
 * The answer and what is known of its sender, or why there is none: `timeout`, `closed` (the
 * overlay was left), `full` (too many questions wait), or what kept the question from leaving:
 * `refused`, `no-address`, `too-large`.
 */
export type RequestResult<Answer, Context> =
  | { readonly ok: true; readonly value: Answer; readonly context: Context }
  | { readonly ok: false; readonly error: NetworkError };

export type RequestOptions = {
  /** Instead of the schema's, in milliseconds. */
  readonly timeoutMs?: number;
  /** Instead of the schema's. */
  readonly retries?: number;
};

/** What typed request functions need of an overlay. */
export type Requester = {
  /**
   * Asks, and asks again when nobody answers in time. Only an answer with the question's number,
   * from the address it was sent to and, of a peer that was asked, by that peer's key, counts.
   * Rejects with an EncodeError when a value does not fit its field.
   */
  request<R extends RequestType>(
    to: Destination,
    type: R,
    question: QuestionOf<R>,
    options?: RequestOptions,
  ): Promise<RequestResult<MessageOf<R['answer']>, ContextOf<R['answer']>>>;
};
