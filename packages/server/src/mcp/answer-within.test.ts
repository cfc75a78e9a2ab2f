import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { answerWithin } from './answer-within.ts'

describe('answering in time', () => {
  it('answers what the work answers when that comes first', async () => {
    assert.equal(await answerWithin(60_000, Promise.resolve('done'), () => 'late'), 'done')
  })

  it('answers when the work never ends', async () => {
    assert.equal(await answerWithin(1, new Promise<string>(() => {}), () => 'late'), 'late')
  })

  it('fails as it is told when the work never ends', async () => {
    const late = () => {
      throw new Error('too late')
    }
    await assert.rejects(answerWithin(1, new Promise(() => {}), late), /too late/)
  })

  it('fails as the work fails', async () => {
    await assert.rejects(
      answerWithin(60_000, Promise.reject(new Error('broken')), () => 'late'),
      /broken/,
    )
  })
})
