import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breakText, joinPieces } from './break-text.ts'
import { wrapText } from './wrap-text.ts'

const pieces = (text: string): string[] => breakText(text).map((piece) => piece.text)

test('pieces put together again are the text', () => {
  for (const text of [
    'a b  c',
    '春の夜の夢、「光」です。',
    'ภาษาไทย ABC',
    'state-of-the-art 3.5%',
    '',
    'https://x.example/a-b',
  ]) {
    assert.equal(joinPieces(breakText(text)), text)
  }
})

test('words of scripts without blanks may be parted, words with blanks not', () => {
  assert.ok(pieces('แสงสว่างและสายน้ำ').length > 2)
  assert.ok(pieces('春の夜の夢').length > 2)
  assert.deepEqual(pieces('Ein Wort 3.5 "so" (ja)'), ['Ein', 'Wort', '3.5', '"so"', '(ja)'])
  assert.deepEqual(pieces('한국어 제목은'), ['한국어', '제목은'])
})

test('a line may end after a dash inside a word', () => {
  assert.deepEqual(pieces('state-of-the-art -5'), ['state-', 'of-', 'the-', 'art', '-5'])
})

test('no line begins with closing punctuation or a small kana, and none ends with an opening bracket', () => {
  const text = '「春はあけぼの」、ようよう白くなりゆく山ぎわ（すこしあかりて）、ちょっと待って。'.repeat(3)
  for (let width = 10; width < 24; width += 1) {
    for (const line of wrapText(text, width, (part) => Array.from(part).length)) {
      assert.doesNotMatch(line, /^[、。」）ゃゅょっー]/u, line)
      assert.doesNotMatch(line, /[「（]$/u, line)
      assert.ok(Array.from(line).length <= width)
    }
  }
})
