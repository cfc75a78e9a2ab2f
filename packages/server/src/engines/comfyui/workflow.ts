import type { JsonValue } from '../../json.ts'
import type { Job } from '../engine.ts'
import { fieldsOf } from '../wire/json-fields.ts'

/** A workflow of a route: nodes by id, and which input of which node a field of the input goes to. */
export interface Workflow {
  nodes: Readonly<Record<string, JsonValue>>
  inputs: ReadonlyMap<string, readonly [node: string, input: string]>
  /** The node whose files are the output; null for those of all nodes. */
  outputNode: string | null
}

/**
 * The workflow that a route has as `workflow` (as "Export (API)" of ComfyUI writes it) and `inputs`. Null when it is none,
 * or names a node that it does not have.
 */
export function readWorkflow({ workflow, inputs, output_node: outputNode }: Job['settings']): Workflow | null {
  const nodes = fieldsOf(workflow) as Workflow['nodes']
  const isNode = (id: unknown): id is string => typeof id === 'string' && Object.hasOwn(nodes, id)
  if (Object.keys(nodes).length === 0) return null
  if (!Object.values(nodes).every((node) => typeof fieldsOf(node).class_type === 'string')) return null
  if (outputNode !== undefined && !isNode(outputNode)) return null
  const places = new Map<string, readonly [string, string]>()
  for (const [field, place] of Object.entries(fieldsOf(inputs))) {
    const [node, input] = Array.isArray(place) ? (place as unknown[]) : []
    if (!isNode(node) || typeof input !== 'string') return null
    places.set(field, [node, input])
  }
  return { nodes, inputs: places, outputNode: isNode(outputNode) ? outputNode : null }
}

/** The nodes with the fields of an input in their places. Fields without a place are for other routes and left out. */
export function fillWorkflow({ nodes, inputs }: Workflow, input: Job['input']): Record<string, JsonValue> {
  const filled = structuredClone(nodes) as Record<string, { inputs?: Record<string, JsonValue> }>
  for (const [field, [node, name]] of inputs) {
    const value = input[field]
    const target = filled[node]
    if (value === undefined || target === undefined) continue
    const [first] = Array.isArray(value) ? value : [value]
    if (first !== undefined) target.inputs = { ...target.inputs, [name]: first }
  }
  return filled as Record<string, JsonValue>
}
