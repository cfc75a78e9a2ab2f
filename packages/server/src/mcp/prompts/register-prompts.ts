import { completable, fromJsonSchema, type McpServer } from '@modelcontextprotocol/server'
import type { MediaType } from '../../catalogue/model.ts'
import { isAllowed, isVisible } from '../../generations/find-model.ts'
import { toSchema } from '../to-schema.ts'
import type { ToolContext } from '../tool.ts'
import { PRODUCT_PHOTOS_PROMPT } from './product-photos.ts'
import type { Prompt, PromptArgument } from './prompt.ts'
import { STORYBOARD_PROMPT } from './storyboard.ts'

const MOST_CHARACTERS = 20_000

const TEXT = fromJsonSchema<string>({ type: 'string' })

/** The prompts with their schemas, compiled once. */
const PROMPTS = [STORYBOARD_PROMPT, PRODUCT_PHOTOS_PROMPT].map((prompt) => ({ prompt, schema: schemaOf(prompt) }))

/** Offers the prompts, with the models of the caller where one is asked for. */
export function registerPrompts(server: McpServer, caller: Omit<ToolContext, 'requestId'>): void {
  for (const { prompt, schema } of PROMPTS) {
    const { name, title, description } = prompt
    const argsSchema = Object.assign(Object.create(null), schema, { shape: completionsOf(prompt, caller) })
    server.registerPrompt(name, { title, description, argsSchema }, (args: Record<string, string | undefined>) => ({
      description,
      messages: [{ role: 'user' as const, content: { type: 'text' as const, text: prompt.write(args) } }],
    }))
  }
}

function schemaOf({ arguments: fields }: Prompt) {
  const entries = Object.entries(fields)
  const required = entries.flatMap(([name, { isRequired = false }]) => (isRequired ? [name] : []))
  const properties = Object.fromEntries(
    entries.map(([name, { description }]) => [
      name,
      { type: 'string', description, minLength: 1, maxLength: MOST_CHARACTERS },
    ]),
  )
  return toSchema({ type: 'object', properties, required, additionalProperties: false })
}

/** The library looks for what completes an argument in the `shape` of the schema, by the name of the argument. */
function completionsOf({ arguments: fields }: Prompt, caller: Omit<ToolContext, 'requestId'>) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, { suggestions = [] }]) => [
      name,
      completable({ ...TEXT }, (typed) =>
        suggest(suggestions, caller).filter((suggestion) => suggestion.startsWith(typed)),
      ),
    ]),
  )
}

function suggest(
  suggestions: NonNullable<PromptArgument['suggestions']>,
  { services, key }: Omit<ToolContext, 'requestId'>,
): string[] {
  if (typeof suggestions !== 'string') return [...suggestions]
  const type: MediaType = suggestions === 'image-models' ? 'image' : 'video'
  return services
    .catalogue()
    .list({ type })
    .filter((model) => isVisible(model, key, services.engines) && isAllowed(model, key))
    .map(({ slug }) => slug)
}
