import { toModelDetail, toModelEntry } from './catalogue-entry.ts'
import type { Model } from './model.ts'

/** Whether a live submit would run here; undefined where the entry does not say. */
export type Availability = boolean | undefined

/** The model as a row of the list, as JSON. A model never changes, so each of its texts is made once. */
export const entryTextOf = remember((model, available) => JSON.stringify(toModelEntry(model, { available })))

/** The model with the schema of its input, as JSON; made once like {@link entryTextOf}. */
export const detailTextOf = remember((model, available) => JSON.stringify(toModelDetail(model, { available })))

function remember(
  write: (model: Model, available: Availability) => string,
): (model: Model, available: Availability) => string {
  const textsByModel = new WeakMap<Model, Map<Availability, string>>()
  return (model, available) => {
    const texts = textsByModel.get(model) ?? new Map<Availability, string>()
    textsByModel.set(model, texts)
    const text = texts.get(available) ?? write(model, available)
    texts.set(available, text)
    return text
  }
}
