/** Addresses as schemas write them. */
import { parseAddress } from '../../runtime/address/text.ts';

/** `127.0.0.1:8090`, `[::1]:8090` or `example.org:8090`, its host in canonical form. */
export function addressOf(text: string): ReturnType<typeof parseAddress> {
  return parseAddress(text);
}
