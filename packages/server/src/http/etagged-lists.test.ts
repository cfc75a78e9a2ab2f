import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createEtaggedLists } from './etagged-lists.ts'

describe('lists that are kept with their ETag', () => {
  it('are written once as long as their rows are the same', () => {
    const lists = createEtaggedLists()
    const first = lists.of('live', ['{"slug":"a"}', '{"slug":"b"}'])
    assert.equal(first.json, '{"data":[{"slug":"a"},{"slug":"b"}]}')
    assert.equal(lists.of('live', ['{"slug":"a"}', '{"slug":"b"}']), first)
  })

  it('are never older than their rows', () => {
    const lists = createEtaggedLists()
    const first = lists.of('live', ['1', '2'])
    for (const rows of [['1'], ['1', '3'], ['1', '2', '3'], []]) {
      const next = lists.of('live', rows)
      assert.equal(next.json, `{"data":[${rows.join(',')}]}`)
      assert.notEqual(next.etag, first.etag)
    }
  })

  it('are told apart by name', () => {
    const lists = createEtaggedLists()
    lists.of('live', ['1'])
    assert.equal(lists.of('test', ['2']).json, '{"data":[2]}')
    assert.equal(lists.of('live', ['1']).json, '{"data":[1]}')
  })
})
