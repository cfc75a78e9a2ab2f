import { writeFileSync } from 'node:fs'
import type { ClientContext, ClientFlags } from './context.ts'
import { writeModelTypes } from './write-model-types.ts'

/** `clipia types`: the inputs of every model this key sees, as TypeScript. */
export async function types(
  { clipia, terminal }: ClientContext,
  { out }: ClientFlags & { out?: string },
): Promise<void> {
  const { data } = await clipia.models.list()
  const models = []
  for (const { slug } of data) models.push(await clipia.models.get(slug))
  const text = writeModelTypes(models)
  if (out === undefined) return terminal.write(text)
  writeFileSync(out, text)
  terminal.note(`${models.length} models in ${out}`)
}
