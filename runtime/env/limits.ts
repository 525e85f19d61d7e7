/** What waits for this machine at most. */

/**
 * Bytes of datagrams that the system has not taken yet: some thousand packets, so that memory does
 * not grow while a link is slow. Beyond it: new datagrams are dropped, with error `full`.
 */
export const SEND_QUEUE_BYTES_MAX = 1024 * 1024;

/**
 * Jobs that wait for a thread: more than that would wait for minutes. Beyond it: a job is refused,
 * with error `full`.
 */
export const JOBS_WAITING_MAX = 1_000;
