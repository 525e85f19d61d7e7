/** The message of schemas/lamport.ipv8. */
import type { Clock } from '../../../generated/lamport.ts';
import type { HandWritten } from './codec.ts';
import { checkU32, putU32, refuse, u32 } from './cursor.ts';

export const clock: HandWritten<Clock> = {
  write(message, bytes) {
    checkU32(message.clock, 'clock');
    putU32(bytes, 0, message.clock);
    return 4;
  },
  read(bytes) {
    if (bytes.length !== 4) refuse('clock', 'not 4 bytes');
    return { clock: u32(bytes, 0) };
  },
};
