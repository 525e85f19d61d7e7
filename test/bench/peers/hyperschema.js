/** hyperschema has no language of its own: a program registers types. Run where the schemas lie; the argument says where to. */
import { readdirSync, readFileSync } from 'node:fs';
import Hyperschema from 'hyperschema';

const schema = Hyperschema.from(null);
const bench = schema.namespace('bench');
for (const name of readdirSync('schemas')) {
  for (const type of JSON.parse(readFileSync(`schemas/${name}`, 'utf8'))) bench.register(type);
}
Hyperschema.toDisk(schema, process.argv[2] ?? 'out');
