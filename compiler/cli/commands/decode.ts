import type { DecodeOptions } from '../actions/decode.ts';
import { type AddCommand, examples } from '../command.ts';

export const addDecode: AddCommand = (program, session) => {
  program
    .command('decode')
    .summary('show what the bytes of packets mean')
    .description(
      'Shows every byte of packets with its field and value, and whether signatures are valid. ' +
        'Exits with 1 when a peer would drop one: a field that does not fit is shown with its place.',
    )
    .argument(
      '<packet>',
      'hexadecimal text; or a file of it, of bytes, or a pcap or pcapng capture; - is standard input',
    )
    .argument('[paths...]', 'schemas, or directories of schemas')
    .option('--as <name>', 'the bytes are a bare message, struct or union: Clock, Lamport.Clock')
    .option(
      '--community <name>',
      'whose packets have a prefix that no schema has: of a dynamic one',
    )
    .option('--compat', 'accept what py-ipv8 accepts')
    .option('--all', 'every byte and every element, however many')
    .option('--json', 'one JSON object a packet and line')
    .addHelpText(
      'after',
      examples(
        'ipv8c decode 000254d1…',
        'ipv8c decode traffic.pcapng',
        'ipv8c decode --as Clock 0000002a',
        'tcpdump -w - udp | ipv8c decode - --json',
      ),
    )
    .action(async (input: string, paths: readonly string[], options: DecodeOptions) => {
      const { decode } = await import('../actions/decode.ts');
      session.finish(await decode({ input, paths }, options, session.terminal));
    });
};
