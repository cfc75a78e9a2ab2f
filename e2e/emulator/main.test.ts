import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

function launch(context: TestContext, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  context.after(() => child.kill())
  return child
}

test('a process says its URL in one line, answers, and ends when its standard input does', async (context) => {
  const child = launch(context, JSON.stringify({ clock: 'virtual', faults: [{ on: 'find', act: 'hang' }] }))
  const [line] = await once(createInterface(child.stdout), 'line')
  const { url } = JSON.parse(line)
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.equal((await fetch(`${url}/_stats`)).status, 200)
  const hung = assert.rejects(fetch(`${url}/jobs?client_id=a`))
  while (true) {
    const stats = await (await fetch(`${url}/_stats`)).json()
    if (stats.calls.find === 1) break
  }
  const exited = once(child, 'exit')
  child.stdin.end()
  assert.deepEqual(await exited, [0, null])
  await hung
  await assert.rejects(fetch(`${url}/_stats`))
})

test('bad options end it with code 2 and a reason, without a URL', async (context) => {
  for (const options of ['{"colour": "red"}', '{', '{"port": 99999999}', '[]']) {
    const child = launch(context, options)
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    assert.equal(code, 2, options)
    assert.equal(stdout, '')
    assert.notEqual(stderr, '')
  }
})
