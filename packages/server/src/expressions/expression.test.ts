import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseExpression } from './expression.ts'

const evaluate = (text: string, input = {}, variables = {}) => parseExpression(text).evaluate(input, variables)

test('an expression reads its input and its variables and answers plain JSON', async () => {
  assert.equal(await evaluate('$string(duration) & "s"', { duration: 4 }), '4s')
  assert.equal(await evaluate('$settings.model', {}, { settings: { model: 'a/b' } }), 'a/b')
  assert.deepEqual(await evaluate('urls.{"type": "image", "url": $}', { urls: ['a', 'b'] }), [
    { type: 'image', url: 'a' },
    { type: 'image', url: 'b' },
  ])
})

test('what is not there is undefined, and left out of objects', async () => {
  assert.equal(await evaluate('nothing.here'), undefined)
  assert.deepEqual(await evaluate('{"a": nothing, "b": 1}'), { b: 1 })
})

for (const [text, message] of [
  ['1 +', /Unexpected end of expression/],
  ['$replace(a, /b+/, "c")', /regular expressions are not supported/],
  ['a[$match(b, /c/)]', /regular expressions are not supported/],
] as const) {
  test(`${text} is refused when it is read`, () => {
    assert.throws(() => parseExpression(text), message)
  })
}

for (const [text, message] of [
  ['($f := function(){$f()}; $f())', /timeout/],
  ['($f := function($n){1 + $f($n)}; $f(0))', /Stack overflow/],
  ['[1..1000000000]', /must not exceed/],
  ['$number("four")', /failed/],
  ['$eval("$match(\\"a\\", /a/)")', /regular expressions are not supported/],
] as const) {
  test(`${text} ends by itself`, async () => {
    await assert.rejects(evaluate(text), message)
  })
}

test('a value of the input is never taken for a property of its prototype', async () => {
  assert.equal(await evaluate('constructor'), undefined)
  assert.equal(await evaluate('__proto__.toString'), undefined)
})
