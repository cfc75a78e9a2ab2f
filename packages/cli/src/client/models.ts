import type { ModelInputField, ModelSummary } from '@clipia/client'
import { printTable } from '../output/print.ts'
import { formatCredits } from '../terminal/format-credits.ts'
import { clean } from '../terminal/terminal.ts'
import type { ClientContext, ClientFlags } from './context.ts'

/** Flags of `clipia models`. */
export interface ModelsFlags extends ClientFlags {
  type?: string
  capability?: string
}

/** `clipia models`: the catalogue, or one model with its parameters. */
export async function models(
  { clipia, terminal }: ClientContext,
  { type, capability }: ModelsFlags,
  slug?: string,
): Promise<void> {
  if (slug !== undefined) {
    const model = await clipia.models.get(slug)
    if (!terminal.isForPeople) return terminal.json(model)
    terminal.line(`${terminal.paint('bold', clean(model.name))} (${clean(model.slug)}), ${priceOf(model)}`)
    if (model.description !== undefined) terminal.line(clean(model.description))
    for (const [name, field] of Object.entries(model.input_schema)) {
      terminal.line(`\n  ${terminal.paint('bold', clean(name))}  ${clean(rulesOf(field))}`)
      if (field.description !== undefined) terminal.line(`  ${clean(field.description)}`)
    }
    return
  }
  const list = await clipia.models.list({ type, capability })
  if (!terminal.isForPeople) return terminal.json(list)
  const rows = list.data.map((model) => [
    clean(model.slug),
    clean(model.type),
    priceOf(model),
    clean(model.capabilities.join(', ')),
    ...(model.available === undefined ? [] : [model.available ? 'yes' : 'no']),
  ])
  const columns = ['model', 'type', 'price', 'can', ...(rows[0]?.length === 5 ? ['runs live'] : [])]
  printTable(columns, rows)
}

/** Of the defaults; an estimate gives the price of an input. */
function priceOf({ pricing }: ModelSummary): string {
  return formatCredits(pricing.credits)
}

function rulesOf(field: ModelInputField): string {
  const { type, required, enum: values, minimum, maximum, max_length: maxLength, max_items: maxItems } = field
  const rules: string[] = values === undefined ? [type] : [values.join(' | ')]
  if (minimum !== undefined || maximum !== undefined) rules.push(`${minimum ?? 'any'} to ${maximum ?? 'any'}`)
  if (maxLength !== undefined) rules.push(`up to ${maxLength} characters`)
  if (maxItems !== undefined) rules.push(`up to ${maxItems}`)
  if (required) rules.push('required')
  else if (field.default !== undefined) rules.push(`default ${JSON.stringify(field.default)}`)
  return rules.join(', ')
}
