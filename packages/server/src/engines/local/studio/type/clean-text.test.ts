import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanText } from './clean-text.ts'

test('blanks become one, line breaks stay, and the ends are trimmed', () => {
  assert.equal(cleanText('  a \t\t b\u00a0 c \r\n  d\n\n\n\ne '), 'a b c\nd\n\ne')
})

test('control and direction marks never reach the picture', () => {
  assert.equal(cleanText('a\u0000b\u202ec\u200bd\u0007e\ufefff'), 'abcdef')
})

test('letters with separate accents are joined, and characters without a font are left out', () => {
  assert.equal(cleanText('e\u0301 漢字 ok 🦊'), 'é ok')
})
