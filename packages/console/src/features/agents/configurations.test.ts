import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { CONFIGURATIONS } from './configurations.ts'

const GUIDE = readFileSync(new URL('../../../../../docs/agents/README.md', import.meta.url), 'utf8')

describe('what agents are configured with', () => {
  for (const { name, file, write } of Object.values(CONFIGURATIONS)) {
    it(`is for ${name} what the guide says, with no key in it`, () => {
      const text = write('http://127.0.0.1:3000')
      assert.ok(GUIDE.includes(text), text)
      if (file !== null) assert.ok(GUIDE.includes(`\`${file}\``), file)
      if (text.startsWith('{')) assert.doesNotThrow(() => JSON.parse(text))
      assert.doesNotMatch(text, /clipia_(live|test)_\w/)
    })
  }
})
