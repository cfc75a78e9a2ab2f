import assert from 'node:assert/strict'
import { test } from 'node:test'
import { matchKeys, nameOf } from './match-keys.ts'

const NONE = { ctrlKey: false, metaKey: false, altKey: false }
const SHORTCUTS = [{ keys: 'g p' }, { keys: 'j' }, { keys: 'mod+k' }]

test('names Control and Command alike, and leaves other combinations to the browser', () => {
  assert.equal(nameOf({ ...NONE, key: 'K', metaKey: true }), 'mod+k')
  assert.equal(nameOf({ ...NONE, key: 'k', ctrlKey: true }), 'mod+k')
  assert.equal(nameOf({ ...NONE, key: '?' }), '?')
  assert.equal(nameOf({ ...NONE, key: 'j', altKey: true }), null)
})

test('finds single keys and sequences, and waits for what may still come', () => {
  assert.equal(matchKeys(['j'], SHORTCUTS).found, SHORTCUTS[1])
  assert.deepEqual(matchKeys(['g'], SHORTCUTS), { found: undefined, isBegun: true })
  assert.equal(matchKeys(['g', 'p'], SHORTCUTS).found, SHORTCUTS[0])
})

test('forgets a sequence that leads nowhere, but not the key that ended it', () => {
  assert.deepEqual(matchKeys(['g', 'x'], SHORTCUTS), { found: undefined, isBegun: false })
  assert.equal(matchKeys(['g', 'j'], SHORTCUTS).found, SHORTCUTS[1])
})
