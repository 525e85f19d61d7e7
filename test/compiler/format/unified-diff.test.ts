import { expect, test } from 'vitest';
import { unifiedDiff } from '../../../compiler/format/unified-diff.ts';

test('equal texts have no diff', () => {
  expect(unifiedDiff('a.ipv8', 'a\n', 'a\n')).toBe('');
});

test('changes with three lines around them, near ones together', () => {
  const before = 'one\ntwo\nthree\nfour\n  five\nsix\n\n\nseven\n8\n9\n10\n11\n12\n13\n14\n15 \n16';
  const after = 'one\ntwo\nthree\nfour\nfive\nsix\n\nseven\n8\n9\n10\n11\n12\n13\n14\n15\n16\n';
  expect(unifiedDiff('a.ipv8', before, after)).toBe(`--- a.ipv8
+++ a.ipv8
@@ -2,10 +2,9 @@
 two
 three
 four
-  five
+five
 six
${' '}
-
 seven
 8
 9
@@ -14,5 +13,5 @@
 12
 13
 14
-15${' '}
-16
\\ No newline at end of file
+15
+16
`);
});

test('a line that becomes several', () => {
  expect(unifiedDiff('a', 'struct A {a: u8,\nb: u8}\n', 'struct A {\n  a: u8,\n  b: u8\n}\n'))
    .toBe(`--- a
+++ a
@@ -1,2 +1,4 @@
-struct A {a: u8,
-b: u8}
+struct A {
+  a: u8,
+  b: u8
+}
`);
});

test('from nothing, and to nothing', () => {
  expect(unifiedDiff('a', '', 'a\n')).toBe('--- a\n+++ a\n@@ -0,0 +1 @@\n+a\n');
  expect(unifiedDiff('a', '\n', '')).toBe('--- a\n+++ a\n@@ -1 +0,0 @@\n-\n');
});
