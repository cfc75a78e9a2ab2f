import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { createSealer } from './sealer.ts'

describe('a sealed secret', () => {
  const sealer = createSealer(Buffer.alloc(32, 1))

  it('opens with its key and context, and shows nothing of itself', () => {
    const sealed = sealer.seal('whsec_secret é', 'a')
    assert.equal(sealer.open(sealed, 'a'), 'whsec_secret é')
    assert.ok(!Buffer.from(sealed, 'base64').includes('whsec'))
    assert.notEqual(sealer.seal('whsec_secret é', 'a'), sealed)
  })

  it('does not open with another key or for another row, nor with any byte changed', () => {
    const sealed = sealer.seal('x', 'a')
    assert.throws(() => sealer.open(sealed, 'b'))
    assert.throws(() => createSealer(randomBytes(32)).open(sealed, 'a'))
    const bytes = Buffer.from(sealed, 'base64')
    for (let index = 0; index < bytes.length; index += 1) {
      const altered = Buffer.from(bytes)
      altered.writeUInt8((altered.readUInt8(index) + 1) % 256, index)
      assert.throws(() => sealer.open(altered.toString('base64'), 'a'), `byte ${index}`)
    }
    assert.throws(() => sealer.open('', 'a'))
  })
})
