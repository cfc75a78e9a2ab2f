import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createCallbackAddresses } from './callback-address.ts'

const START = { engine: 'fal', requestId: '0190f8a0-0000-7000-8000-000000000001', startFence: 7 }

describe('the address of a callback', () => {
  const addresses = createCallbackAddresses(Buffer.alloc(32, 1))
  const code = addresses.pathOf(START).split('/').at(-1) ?? ''

  it('names one start, and is read back as it', () => {
    assert.match(addresses.pathOf(START), /^\/callbacks\/fal\/0190f8a0-[0-9a-f-]+\/7-[\w-]{22}$/)
    assert.deepEqual(addresses.read(START.engine, START.requestId, code), START)
  })

  it('is nobody else’s to make: no other start, engine or request fits its code', () => {
    const other = createCallbackAddresses(Buffer.alloc(32, 2))
    assert.equal(other.read(START.engine, START.requestId, code), null)
    assert.equal(addresses.read('replicate', START.requestId, code), null)
    assert.equal(addresses.read(START.engine, `${START.requestId.slice(0, -1)}2`, code), null)
    for (const wrong of [
      code.replace('7-', '8-'),
      code.replace('7-', '07-'),
      code.slice(0, -1),
      '',
      '7-',
      'x',
      `${code}a`,
    ]) {
      assert.equal(addresses.read(START.engine, START.requestId, wrong), null, wrong)
    }
  })
})
