import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TEST_MODEL } from '../catalogue/testing/test-models.ts'
import { readStoredJob, writeStoredJob } from './stored-job.ts'

test('what is kept with a request is read back, without the conditions of its routes', () => {
  assert.deepEqual(readStoredJob(writeStoredJob(TEST_MODEL, TEST_MODEL.routes)), {
    type: 'video',
    routes: [{ engine: 'local', settings: { task: 'motion' }, input: null }],
    mediaParameters: ['image_url', 'image_urls'],
    chargesRejected: false,
  })
})

test('a request that an older program accepted for its single engine is read as one of one route', () => {
  assert.deepEqual(readStoredJob('{"engine":"fal","type":"image","settings":{"model":"a/b"}}'), {
    type: 'image',
    routes: [{ engine: 'fal', settings: { model: 'a/b' }, input: null }],
    mediaParameters: [],
    chargesRejected: false,
  })
})
