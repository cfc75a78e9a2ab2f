import assert from 'node:assert/strict'
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Child, type Ended, startProcess } from './child-process.ts'
import { installInto, packBuilt } from './pack.ts'
import { scratchFolder } from './scratch-folder.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The TypeScript client's README. */
export const CLIENT_README = readFileSync(join(ROOT, 'packages/client/README.md'), 'utf8')

/** An empty project into which the packed client was installed. */
export interface ClientProject {
  folder: string
  /** Files of the tarball. */
  packed: string[]
  /** Writes a program and starts it with a Node; default the one of the tests. */
  start(name: string, program: string, environment?: Record<string, string>, node?: string): Child
  /** As `start`, to its end, which must be a success; answers what it printed. */
  run(name: string, program: string, environment?: Record<string, string>, node?: string): Promise<string>
  /** Type-checks files of the project with the real tsc. */
  typeCheck(...files: string[]): Promise<Ended>
}

/** Packs the client as it is published and installs the tarball into an empty project, without any network. */
export async function createClientProject(): Promise<ClientProject> {
  const folder = scratchFolder('client-project')
  const tarball = await packBuilt('build-client.ts', folder)
  const project = await installInto(folder, [tarball])
  assert.deepEqual(readdirSync(join(project, 'node_modules')).sort(), ['.package-lock.json', '@clipia'])

  const start = (name: string, program: string, environment: Record<string, string> = {}, node = process.execPath) => {
    writeFileSync(join(project, name), program)
    return startProcess(node, [name], environment, project)
  }
  return {
    folder: project,
    packed: tarball.files,
    start,
    async run(...args) {
      const { code, stdout, stderr } = await start(...args).ended
      assert.deepEqual([code, stderr], [0, ''], `${args[0]}: ${stdout}`)
      return stdout
    },
    typeCheck(...names) {
      for (const name of ['@types', 'undici-types']) {
        const types = join(ROOT, 'node_modules', name)
        cpSync(
          name === '@types' ? join(types, 'node') : types,
          join(project, 'node_modules', name === '@types' ? '@types/node' : name),
          { recursive: true },
        )
      }
      const flags = [
        '--noEmit',
        '--strict',
        '--exactOptionalPropertyTypes',
        '--module',
        'nodenext',
        '--target',
        'es2022',
      ]
      const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
      return startProcess(process.execPath, [tsc, ...flags, '--types', 'node', ...names], {}, project).ended
    },
  }
}
