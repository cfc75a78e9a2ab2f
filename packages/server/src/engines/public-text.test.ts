import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toPublicMessage } from './public-text.ts'

for (const [said, shown] of [
  ['No.\u0000 Not\nthis', 'No. Not this'],
  ['Could not load https://v3.fal.media/files/a/b.png?token=x.', 'Could not load [link]'],
  ['connect to 10.0.0.7:8188 failed', 'connect to [host] failed'],
  ['upstream queue.fal.run said no', 'upstream [host] said no'],
  ['dial gpu-3.cluster:9000 refused', 'dial [host] refused'],
  ['File "/app/models/pipeline.py", line 3', 'File "[path]", line 3'],
  [`bad key sk_${'a1B2'.repeat(12)} given`, 'bad key [...] given'],
  ['image data:image/png;base64,AAAA is empty', 'image [data] is empty'],
  ['the ratio 16:9 and/or 4:3 at 12:30', 'the ratio 16:9 and/or 4:3 at 12:30'],
  ['e.g. a.b, version 2.1.0', 'e.g. a.b, version 2.1.0'],
] as const) {
  test(`${JSON.stringify(said)} is told as ${JSON.stringify(shown)}`, () => {
    assert.equal(toPublicMessage(said, 500), shown)
  })
}

test('a message is cut after it is cleaned, so that no half of a secret is left', () => {
  assert.ok(toPublicMessage(`${'x '.repeat(20)}https://secret.example/${'s'.repeat(80)}`, 50).endsWith('[link]'))
})
