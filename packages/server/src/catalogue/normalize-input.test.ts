import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClipiaError } from '../errors.ts'
import { normalizeInput } from './normalize-input.ts'
import { MODEL_TEXT } from './testing/model-text.ts'
import { modelOf, SHIPPED_MODELS, TEST_MODEL } from './testing/test-models.ts'

const checkUrl = (url: string) => (url.startsWith('https://') ? null : 'must be an https URL')

function refusal(input: unknown, model = TEST_MODEL): ClipiaError {
  try {
    normalizeInput(model, input, { checkUrl })
  } catch (error) {
    assert.ok(error instanceof ClipiaError, String(error))
    assert.doesNotMatch(error.message, /\p{C}/u)
    assert.ok(error.message.length < 300, `a message of ${error.message.length} characters`)
    return error
  }
  throw assert.fail('the input was accepted')
}

test('defaults are filled in, in the order of the model, and absent fields without default stay absent', () => {
  const input = normalizeInput(TEST_MODEL, { count: 2, prompt: 'a' }, { checkUrl })
  assert.equal(JSON.stringify(input), '{"prompt":"a","duration":4,"resolution":"720p","count":2,"with_audio":false}')
})

test('every kind of value is accepted where it fits, and 4.0 is 4', () => {
  const given = {
    prompt: 'line\n\t"two" 😀',
    image_url: 'https://a.example/b.png',
    image_urls: ['https://a.example/c.png'],
    duration: JSON.parse('8.0'),
    resolution: '480p',
    count: 4,
    strength: 0.5,
    with_audio: true,
    extra: { a: [1, { b: null }], constructor: 'x' },
  }
  assert.deepEqual(normalizeInput(TEST_MODEL, given, { checkUrl }), given)
})

test('-0 becomes 0, so that equal inputs have equal hashes', () => {
  const { strength, extra } = normalizeInput(TEST_MODEL, { prompt: 'a', strength: -0, extra: { a: -0 } }, { checkUrl })
  assert.ok(Object.is(strength, 0))
  assert.deepEqual(extra, { a: 0 })
})

for (const [input, param, message] of [
  [{ prompt: 'a', foo: 1 }, 'foo', 'unknown field foo; test/model-1 takes prompt, image_url, image_urls, duration,'],
  [{ prompt: 5 }, 'prompt', 'prompt must be a string, got 5'],
  [{ prompt: null }, 'prompt', 'prompt must be a string, got null'],
  [{ prompt: 'x'.repeat(21) }, 'prompt', 'prompt must have at most 20 characters, it has 21'],
  [{ prompt: 'a\0b' }, 'prompt', 'prompt must not have a NUL character'],
  [{ prompt: 'a\ud800b' }, 'prompt', 'prompt must be well-formed Unicode, it has half of a surrogate pair'],
  [{}, 'prompt', 'one of prompt, image_url is required'],
  [{ prompt: '' }, 'prompt', 'one of prompt, image_url is required'],
  [{ image_url: 'http://a' }, 'image_url', 'image_url: must be an https URL'],
  [
    { prompt: 'a', image_urls: 'https://a' },
    'image_urls',
    'image_urls must be an array of 0 to 3 items, got "https://a"',
  ],
  [{ prompt: 'a', image_urls: ['https://a', 'b'] }, 'image_urls[1]', 'image_urls[1]: must be an https URL'],
  [{ prompt: 'a', image_urls: [null] }, 'image_urls[0]', 'image_urls[0] must be a URL, as a string, got null'],
  [{ prompt: 'a', image_urls: Array(4).fill('https://a') }, 'image_urls', 'must have at most 3 items, it has 4'],
  [{ prompt: 'a', duration: 5 }, 'duration', 'duration must be one of 4, 8, got 5'],
  [{ prompt: 'a', duration: '4' }, 'duration', 'duration must be one of 4, 8, got "4"'],
  [{ prompt: 'a', duration: null }, 'duration', 'duration must be one of 4, 8, got null'],
  [{ prompt: 'a', resolution: '8\u202eK' }, 'resolution', 'resolution must be one of 480p, 720p, got "8K"'],
  [{ prompt: 'a', resolution: 'toString' }, 'resolution', 'resolution must be one of 480p, 720p, got "toString"'],
  [{ prompt: 'a', count: 0 }, 'count', 'count must be a whole number from 1 to 4, got 0'],
  [{ prompt: 'a', count: 2.5 }, 'count', 'count must be a whole number from 1 to 4, got 2.5'],
  [{ prompt: 'a', count: 2 ** 60 }, 'count', 'count must be a whole number from 1 to 4, got 1152921504606847000'],
  [{ prompt: 'a', count: true }, 'count', 'count must be a whole number from 1 to 4, got true'],
  [{ prompt: 'a', count: [2] }, 'count', 'count must be a whole number from 1 to 4, got an array'],
  [{ prompt: 'a', strength: Number.NaN }, 'strength', 'strength must be a number from 0 to 1, got a number that'],
  [JSON.parse('{"prompt": "a", "strength": 1e400}'), 'strength', 'strength must be a number from 0 to 1, got a number'],
  [{ prompt: 'a', strength: 1.0000001 }, 'strength', 'strength must be a number from 0 to 1, got 1.0000001'],
  [{ prompt: 'a', with_audio: 1 }, 'with_audio', 'with_audio must be true or false, got 1'],
  [{ prompt: 'a', extra: [] }, 'extra', 'extra must be an object, got an array'],
  [{ prompt: 'a', extra: { a: '\ud800' } }, 'extra', 'extra must hold well-formed texts without NUL'],
  [{ prompt: 'a', extra: { a: Number.POSITIVE_INFINITY } }, 'extra', 'extra must hold only JSON values'],
  [{ prompt: 'a', extra: { a: Array(2000).fill(1) } }, 'extra', 'extra must hold at most 1000 values in all'],
] as const) {
  test(`${JSON.stringify(input).slice(0, 60)} is refused: ${message}`, () => {
    const error = refusal(input)
    assert.equal(error.code, 'model_input_invalid')
    assert.equal(error.param, param)
    assert.ok(error.message.includes(message), error.message)
  })
}

test('a missing required field is named', () => {
  const canvas = SHIPPED_MODELS.find(({ slug }) => slug === 'canvas-1')
  const error = refusal({}, canvas)
  assert.deepEqual([error.code, error.param, error.message], ['model_input_invalid', 'prompt', 'prompt is required'])
})

for (const input of [undefined, null, 'a', 5, true, [], [{ prompt: 'a' }]]) {
  test(`an input that is ${JSON.stringify(input) ?? 'absent'} is a malformed request`, () => {
    const error = refusal(input)
    assert.deepEqual([error.code, error.param], ['invalid_request', 'input'])
  })
}

test('fields of object prototypes are unknown fields and pollute nothing', () => {
  for (const field of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
    const input: unknown = JSON.parse(`{"prompt": "a", "${field}": {"count": 4, "polluted": true}}`)
    assert.equal(refusal(input).param, field)
  }
  const nested: unknown = JSON.parse('{"prompt": "a", "extra": {"b": {"__proto__": {"polluted": true}}}}')
  assert.match(refusal(nested).message, /^extra must not have a field named __proto__$/)
  assert.equal('polluted' in {}, false)
})

test('inherited fields are not part of the input', () => {
  assert.equal(refusal(Object.create({ prompt: 'a' })).param, 'prompt')
})

test('a text of ten million characters is refused quickly and not repeated in the message', () => {
  const huge = 'x'.repeat(10_000_000)
  const startMs = performance.now()
  assert.equal(refusal({ prompt: huge }).message, 'prompt must have at most 20 characters, it has 10000000')
  assert.equal(refusal({ prompt: 'a', resolution: huge }).param, 'resolution')
  assert.equal(refusal({ prompt: 'a', count: huge }).param, 'count')
  const { param = '' } = refusal({ [huge]: 1 })
  assert.equal(param.length, 64)
  assert.ok(performance.now() - startMs < 2000)
})

test('an unknown name of control and broken characters is cleaned before it is repeated', () => {
  const error = refusal({ 'a\u0000\u001b[31m\u2028\ud800b': 1 })
  assert.equal(error.param, 'a[31mb')
})

test('nesting of 10,000 levels is refused without exhausting the stack, wherever it stands', () => {
  const arrays: unknown = JSON.parse('['.repeat(10_000) + ']'.repeat(10_000))
  let objects: unknown = {}
  for (let depth = 0; depth < 10_000; depth += 1) objects = { a: objects }
  for (const field of TEST_MODEL.parameters.keys()) {
    assert.equal(refusal({ prompt: 'a', [field]: arrays }).param?.replace('[0]', ''), field)
  }
  assert.equal(refusal({ prompt: 'a', extra: objects }).message, 'extra must be nested at most 8 levels deep')
  assert.equal(refusal({ prompt: 'a', extra: { arrays } }).message, 'extra must be nested at most 8 levels deep')
  assert.equal(refusal(arrays).code, 'invalid_request')
})

test('a default that is an array is not shared between inputs', () => {
  const model = modelOf(MODEL_TEXT.replace('max_items: 3', 'max_items: 3, default: ["https://a.example/"]'))
  const first = normalizeInput(model, { prompt: 'a' }, { checkUrl })
  assert.deepEqual(first.image_urls, ['https://a.example/'])
  assert.notEqual(first.image_urls, normalizeInput(model, { prompt: 'a' }, { checkUrl }).image_urls)
})

test('a data: URL may be longer than a URL, for it holds what others only name', () => {
  const image_url = `data:image/png;base64,${'A'.repeat(500_000)}`
  const input = normalizeInput(TEST_MODEL, { prompt: 'a', image_url }, { checkUrl: () => null })
  assert.equal(input.image_url, image_url)
  assert.match(refusal({ prompt: 'a', image_url: `https://a.example/${'a'.repeat(10_000)}` }).message, /at most/)
})
