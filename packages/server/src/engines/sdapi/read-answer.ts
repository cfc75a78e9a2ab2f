import type { Failed, Outcome } from '../engine.ts'
import { keepBase64 } from '../held/keep-base64.ts'
import type { ProviderParts } from '../provider-parts.ts'
import type { Answer } from '../wire/call.ts'
import { fieldsOf, textOf, wholeOf } from '../wire/json-fields.ts'
import { MADE_NOTHING, refusedInput } from '../wire/rejected.ts'
import { judgeRefusal } from '../wire/start-call.ts'

const FAILED: Failed = {
  state: 'failed',
  code: 'GENERATION_FAILED',
  message: 'The engine failed to make the image.',
  isCharged: false,
  isEngineFault: true,
}

/** What a call led to. Throws as {@link judgeRefusal} does, and for an answer that says nothing. */
export async function readAnswer(
  answer: Answer,
  { store, onWarning }: Pick<ProviderParts, 'store' | 'onWarning'>,
): Promise<Outcome> {
  if (!answer.isOk) return readError(answer, onWarning)
  const { images, image, info } = fieldsOf(answer.body)
  const made = Array.isArray(images) ? images : image === undefined ? null : [image]
  if (made === null) throw new Error('the engine answered a success without images')
  const { seed, index_of_first_image: first } = readInfo(info)
  // Several images may come after one that shows them all.
  const media = await keepBase64(made.slice(wholeOf(first) ?? 0), store)
  const seedNumber = wholeOf(seed)
  if (media !== null) return { state: 'finished', media, ...(seedNumber !== undefined && { seed: seedNumber }) }
  onWarning('the engine answered with images that cannot be used')
  return { ...MADE_NOTHING, isEngineFault: true }
}

/** A 500 with the name of an exception is the server's own word, unlike that of a proxy: nothing runs any more. */
function readError(answer: Answer, onWarning: ProviderParts['onWarning']): Failed {
  const { error, detail } = fieldsOf(answer.body)
  if (answer.status === 500 && textOf(error) !== null) {
    onWarning('the engine failed; its own log says why')
    return FAILED
  }
  judgeRefusal(answer)
  const [first] = Array.isArray(detail) ? detail : [{ msg: detail }]
  const { loc, msg } = fieldsOf(first)
  const place = Array.isArray(loc) ? loc.filter((part) => part !== 'body').join('.') : ''
  return refusedInput(textOf(msg) === null ? null : `${place === '' ? '' : `${place}: `}${msg}`)
}

/** `info` is JSON within JSON; servers differ in what it holds. */
function readInfo(info: unknown): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(typeof info === 'string' ? JSON.parse(info) : info)
  } catch {
    return {}
  }
}
