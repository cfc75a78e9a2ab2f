import type { ModelDetail, ModelEntry, ParameterDescriptor } from '@clipia/contract'
import type { Model, Parameter, ValueRule } from './model.ts'
import { pricingOf } from './pricing.ts'

/** What the wire adds to a model. */
export interface EntryOptions {
  /** Whether a live submit would run here; left out, the entry does not say. */
  readonly available?: boolean | undefined
}

/** The model as a row of the list of models. Nothing of its engine is told. */
export function toModelEntry(model: Model, { available }: EntryOptions = {}): ModelEntry {
  return {
    slug: model.slug,
    type: model.type,
    name: model.name,
    ...(model.description !== undefined && { description: model.description }),
    capabilities: [...model.capabilities],
    pricing: pricingOf(model),
    ...(available !== undefined && { available }),
  }
}

/** The model with the schema of its input, fields in the order of the model file. */
export function toModelDetail(model: Model, options: EntryOptions = {}): ModelDetail {
  const fields = Array.from(
    model.parameters.values(),
    (parameter) => [parameter.name, toDescriptor(parameter)] as const,
  )
  return { ...toModelEntry(model, options), input_schema: Object.fromEntries(fields) }
}

function toDescriptor(parameter: Parameter): ParameterDescriptor {
  const { required, items, minItems, maxItems } = parameter
  return {
    ...toValueDescriptor(parameter),
    required,
    ...(parameter.default !== undefined && { default: parameter.default }),
    ...(items !== undefined && { items: toValueDescriptor(items) }),
    ...(minItems !== undefined && { min_items: minItems }),
    ...(maxItems !== undefined && { max_items: maxItems }),
  }
}

function toValueDescriptor(rule: ValueRule): Omit<ParameterDescriptor, 'required'> {
  const { type, description, minimum, maximum, minLength, maxLength, format } = rule
  return {
    type,
    ...(description !== undefined && { description }),
    ...(rule.enum !== undefined && { enum: [...rule.enum] }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(minLength !== undefined && { min_length: minLength }),
    ...(maxLength !== undefined && { max_length: maxLength }),
    ...(format !== undefined && { format }),
  }
}
