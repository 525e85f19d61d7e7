/** A new file with one stub per message, to start from. */
import { docComment } from '../emit/doc-comment.ts';
import { isReserved, lowerFirst } from '../emit/names.ts';
import { quote } from '../emit/print.ts';
import { DEFAULT_STYLE } from './file-style.ts';
import { ERROR_NAME, printHandler } from './handler-text.ts';
import type { StubRequest } from './request.ts';

/** The whole text of such a file. */
export function printStubFile(request: StubRequest): string {
  const { community, doc, messages, protocol, runtime } = request;
  const plain = lowerFirst(community);
  const name = isReserved(plain) || plain === 'create' ? `${plain}Community` : plain;
  const place = {
    indent: ' '.repeat(8),
    style: DEFAULT_STYLE,
    errorName: ERROR_NAME,
    handlersType: undefined,
  };
  const handlers = messages.map((message) => `${printHandler(message, place)},\n`);
  const names = messages.length === 0 ? '' : `${ERROR_NAME}, `;
  const body = handlers.length === 0 ? '{}' : `{\n${handlers.join('')}      }`;
  const keyword =
    messages.length === 0 ? 'import type { Community' : `import { ${names}type Community`;
  return `${keyword} } from ${quote(runtime)};
import { ${protocol.name} } from ${quote(protocol.specifier)};

${docComment('', [doc])}export const ${name}: Community<typeof ${protocol.name}> = {
  protocol: ${protocol.name},
  create(_overlay) {
    return {
      handlers: ${body},
    };
  },
};
`;
}
