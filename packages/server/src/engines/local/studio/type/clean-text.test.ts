import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanText } from './clean-text.ts'

test('blanks become one, line breaks stay, and the ends are trimmed', () => {
  assert.equal(cleanText('  a \t\t b\u00a0 c \r\n  d\n\n\n\ne '), 'a b c\nd\n\ne')
})

test('control and direction marks never reach the picture', () => {
  assert.equal(cleanText('a\u0000b\u202ec\u200bd\u0007e\ufefff'), 'abcdef')
})

test('letters with separate accents are joined, and piled accents do not grow without end', () => {
  assert.equal(cleanText('e\u0301'), 'é')
  assert.equal(cleanText(`a${'\u0301'.repeat(50)}b`).length < 6, true)
})

test('joiners inside emoji and letters stay, and stray ones go', () => {
  for (const text of ['👨‍👩‍👧', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '❤️', 'می‌خواهم', 'क्‍ष']) assert.equal(cleanText(text), text)
  assert.equal(cleanText('\u200d a'), 'a')
})

test('characters without a font are left out, because an empty box is worse than a gap', () => {
  assert.equal(cleanText('a\u{12000}b\ue000c\ud800d\u{10fffd}'), 'abcd')
})
