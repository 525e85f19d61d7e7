/** `npm run editor:grammar`: writes the grammar that the extension carries. */
import { writeFileSync } from 'node:fs';
import { textMateGrammar } from './grammar.ts';

const file = new URL('ipv8.tmLanguage.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(textMateGrammar(), undefined, 2)}\n`);
