import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highlight } from './highlight.ts'

test('loses no character of any code', () => {
  const code = `curl https://a.b/c \\\n  -d '{"prompt": "it'\\''s # not a comment"}' // 你好 “x”`
  assert.equal(
    highlight(code)
      .map(({ text }) => text)
      .join(''),
    code,
  )
})

test('tells keywords, texts, flags, numbers and comments apart', () => {
  const kinds = highlight('await x("a", 12) --wait # done').map(({ kind, text }) => `${kind}:${text}`)
  for (const wanted of ['keyword:await', 'text:"a"', 'number:12', 'flag:--wait', 'comment:# done']) {
    assert.ok(kinds.includes(wanted), `${wanted} in ${kinds.join(' | ')}`)
  }
})
