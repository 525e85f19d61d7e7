import { expect, test } from 'vitest';
import { catalog } from '../../../compiler/diagnostics/catalog.ts';

test('codes are group/kebab-name, titles lower case without a full stop', () => {
  for (const [code, { title }] of Object.entries(catalog)) {
    expect(code).toMatch(/^[a-z]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(title).toMatch(/^[^A-Z].*[^.]$/);
  }
});
