import { parseExpression } from '../expressions/expression.ts'
import type { JsonValue } from '../json.ts'
import type { NormalizedInput } from './model.ts'
import type { InputMapping } from './route.ts'

/** Makes a provider's input from a model's, by the mapping of its route. Throws when an expression fails. */
export async function mapInput(mapping: InputMapping | null, input: NormalizedInput): Promise<NormalizedInput> {
  if (mapping === null) return input
  const { omit, rename, set, compute } = mapping
  const passed = Object.entries(input)
    .filter(([name]) => !omit.includes(name))
    .map(([name, value]) => [rename[name] ?? name, value] as const)
  const mapped = new Map<string, JsonValue>([...passed, ...Object.entries(set)])
  for (const [name, text] of Object.entries(compute)) {
    const value = await parseExpression(text).evaluate(input)
    if (value === undefined) mapped.delete(name)
    else mapped.set(name, value)
  }
  return Object.fromEntries(mapped)
}
