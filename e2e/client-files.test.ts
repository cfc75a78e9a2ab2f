import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { CLIPIA_COMMAND, startProcess } from './testing/child-process.ts'
import { type ClientProject, createClientProject } from './testing/client-project.ts'
import { scratchFolder } from './testing/scratch-folder.ts'
import { type Clipia, startClipia } from './testing/start-clipia.ts'

describe('files through the client and the command', () => {
  let clipia: Clipia
  let project: ClientProject
  let environment: Record<string, string> = {}
  before(async () => {
    clipia = await startClipia()
    project = await createClientProject()
    environment = { CLIPIA_KEY: clipia.liveKey, CLIPIA_BASE_URL: clipia.url }
  })
  after(() => clipia.stop())

  test('a picture is uploaded by path or as bytes, listed, used as an input and removed', async () => {
    const program = `
      import { readFileSync } from 'node:fs'
      import { createClient } from '@clipia/client'
      const clipia = createClient()
      const made = await clipia.subscribe('canvas-1', { input: { prompt: 'A photo' } })
      const [path] = await clipia.download(made, 'made')
      const byPath = await clipia.files.upload(path)
      const asBytes = await clipia.files.upload(readFileSync(path), { fileName: 'photo.png' })
      const film = await clipia.subscribe('motion-1', { input: { image_url: byPath.url, duration: 2, resolution: '480p' } })
      const listed = []
      for await (const file of clipia.files.list()) listed.push(file.file_id)
      await clipia.files.delete(asBytes.file_id)
      const gone = await clipia.files.get(asBytes.file_id).catch(({ code }) => code)
      console.log(JSON.stringify([
        byPath.file_name.endsWith('.png'), byPath.width, byPath.content_type, asBytes.file_name,
        listed.length, film.status, gone,
      ]))`
    const facts = JSON.parse(await project.run('files.mjs', program, environment))
    assert.deepEqual(facts, [true, 1024, 'image/png', 'photo.png', 2, 'COMPLETED', 'not_found'])
  })

  test('--image uploads a photo and puts it where the model takes one', async () => {
    const [photo = ''] = readdirSync(join(project.folder, 'made'))
    const run = (...args: string[]) => {
      const command = [CLIPIA_COMMAND, ...args, '--image', join(project.folder, 'made', photo)]
      return startProcess(process.execPath, command, environment, scratchFolder('work')).ended
    }
    const { stdout, stderr } = await run('estimate', 'motion-1')
    const { input } = JSON.parse(stdout || '{}') as { input: { image_url: string } }
    assert.ok(input.image_url.startsWith(`${clipia.url}/`), stderr)
    const none = await run('estimate', 'tone-1')
    assert.deepEqual([none.code, none.stderr], [1, 'Error: tone-1 takes no --image\n'])
    const two = await run('estimate', 'canvas-1', '--image', 'https://example.com/a.png')
    assert.equal(two.stderr, 'Error: canvas-1 takes one --image\n')
  })
})
