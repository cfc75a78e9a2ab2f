import type { Catalogue } from '../catalogue/catalogue.ts'
import { MEDIA_TYPES } from '../catalogue/model.ts'
import { isAllowed, isVisible } from '../generations/find-model.ts'
import type { ApiKey } from '../keys/api-key.ts'
import type { McpServices } from './mcp-services.ts'
import { toSchema } from './to-schema.ts'
import type { Tool } from './tool.ts'
import { CATALOGUE_TOOLS } from './tools/catalogue-tools.ts'
import { generateTool } from './tools/generate-tool.ts'
import { REQUEST_TOOLS } from './tools/request-tools.ts'

/** A tool whose schemas are compiled. */
export interface ReadyTool {
  tool: Tool
  input: ReturnType<typeof toSchema>
  output: ReturnType<typeof toSchema>
}

/** Keys see different models; of more sets than that, all are made anew. */
const MOST_SETS = 64

/** Creates the tools with the limits of the models a key sees, compiled once for each catalogue and set of models. */
export function createToolSets(services: Pick<McpServices, 'catalogue' | 'engines'>) {
  const sets = new WeakMap<Catalogue, Map<string, readonly ReadyTool[]>>()
  const others = [...CATALOGUE_TOOLS, ...REQUEST_TOOLS].map(compile)
  return (key: ApiKey): readonly ReadyTool[] => {
    const catalogue = services.catalogue()
    const models = catalogue.list().filter((model) => isVisible(model, key, services.engines) && isAllowed(model, key))
    const name = models.map(({ slug }) => slug).join(' ')
    const known = sets.get(catalogue) ?? new Map<string, readonly ReadyTool[]>()
    sets.set(catalogue, known)
    const found = known.get(name)
    if (found !== undefined) return found
    if (known.size >= MOST_SETS) known.clear()
    const generate = MEDIA_TYPES.map((type) =>
      compile(
        generateTool(
          type,
          models.filter((model) => model.type === type),
        ),
      ),
    )
    const made = [...generate, ...others]
    known.set(name, made)
    return made
  }
}

function compile(tool: Tool): ReadyTool {
  return { tool, input: toSchema(tool.input), output: toSchema(tool.output) }
}
