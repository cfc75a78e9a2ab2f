import { isSeq } from 'yaml'
import type { Parameter } from './model.ts'
import type { Field, ModelDocument, YamlNode } from './model-document.ts'
import { normalizeValue } from './normalize-value.ts'
import type { DeclaredParameters } from './read-parameters.ts'
import type { Condition, ConditionValue } from './route.ts'

/** Reads `when` of a route: by parameter a list of values, `given` or `absent`. */
export function readWhen(
  document: ModelDocument,
  field: Field | undefined,
  parameters: DeclaredParameters | null,
): Condition[] {
  const fields = field && document.readMap(field.value, 'when')
  const conditions: Condition[] = []
  for (const { name, key, value } of fields?.values() ?? []) {
    const parameter = parameters?.get(name)
    if (parameters !== null && parameter === undefined) document.note(key, `when: there is no parameter ${name}`)
    // A parameter with a mistake of its own is not reported again.
    if (!parameter) continue
    const condition = readCondition(document, parameter, value)
    if (condition !== null) conditions.push(condition)
  }
  return conditions
}

function readCondition(document: ModelDocument, parameter: Parameter, node: YamlNode): Condition | null {
  const { name: param } = parameter
  if (!isSeq(node)) {
    const word = document.readWord(node, `when: ${param}: write a list of values, or it`, ['given', 'absent'])
    return word === null ? null : { param, isGiven: word === 'given' }
  }
  if (parameter.type === 'array' || parameter.type === 'object') {
    return document.note(node, `when: ${param} is an ${parameter.type}: it can only be given or absent`)
  }
  const values: ConditionValue[] = []
  for (const item of document.readList(node, `when: ${param}`) ?? []) {
    const value = document.readJson(item, `when: ${param}`)
    if (value === undefined) continue
    try {
      values.push(normalizeValue(parameter, value, `when: ${param}`, () => null) as ConditionValue)
    } catch (error) {
      document.note(item, error instanceof Error ? error.message : String(error))
    }
  }
  return { param, values }
}
