import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { hashKey, makeKey, modeOfKey, prefixOfKey } from './key-format.ts'

describe('an API key', () => {
  it('says its mode and has 32 letters and digits behind it', () => {
    for (const mode of ['live', 'test'] as const) {
      const key = makeKey(mode, randomBytes)
      assert.match(key, new RegExp(`^clipia_${mode}_[0-9A-Za-z]{32}$`))
      assert.equal(modeOfKey(key), mode)
    }
  })

  it('is refused by itself when any character was mistyped, dropped or swapped', () => {
    const key = makeKey('live', randomBytes)
    for (let index = 0; index < key.length; index += 1) {
      const other = key[index] === 'x' ? 'y' : 'x'
      assert.equal(modeOfKey(key.slice(0, index) + other + key.slice(index + 1)), null, `position ${index}`)
      assert.equal(modeOfKey(key.slice(0, index) + key.slice(index + 1)), null)
    }
    for (const text of ['', key.toUpperCase(), ` ${key}`, `${key}\n`, key.replace('live', 'test')]) {
      assert.equal(modeOfKey(text), null)
    }
  })

  it('uses every character equally', () => {
    const counts = new Map<string, number>()
    for (let index = 0; index < 2_000; index += 1) {
      for (const character of makeKey('test', randomBytes).slice(12, 38)) {
        counts.set(character, (counts.get(character) ?? 0) + 1)
      }
    }
    const expected = (2_000 * 26) / 62
    for (const [character, count] of counts) assert.ok(Math.abs(count - expected) < expected * 0.25, character)
    assert.equal(counts.size, 62)
  })

  it('is stored as a hash and shown as a prefix that opens nothing', () => {
    const key = makeKey('live', randomBytes)
    assert.match(hashKey(key), /^[0-9a-f]{64}$/)
    assert.equal(prefixOfKey(key), key.slice(0, 18))
  })
})
