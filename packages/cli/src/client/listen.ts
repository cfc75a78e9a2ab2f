import type { LiveWebhook } from '@clipia/client'
import { clean } from '../terminal/terminal.ts'
import type { ClientContext, ClientFlags } from './context.ts'
import { forwardWebhook } from './forward-webhook.ts'

/** Flags of `clipia listen`. */
export interface ListenFlags extends ClientFlags {
  forward?: string
  lastEventId?: string
}

/**
 * `clipia listen`: tells every webhook as it comes and passes it on, unaltered and signed, to a receiver on this machine.
 * Runs until Ctrl-C; after a broken connection it goes on where it was.
 */
export async function listen(context: ClientContext, flags: ListenFlags): Promise<void> {
  const { clipia, terminal } = context
  const { forward, lastEventId } = flags
  if (forward !== undefined && !/^https?:\/\//i.test(forward)) throw new Error('--forward must be an http or https URL')
  const controller = new AbortController()
  const { signal } = controller
  process.once('SIGINT', () => controller.abort())
  const onReady = () =>
    terminal.note(forward === undefined ? 'Listening for webhooks' : `Passing webhooks on to ${forward}`)
  const onGap = (missed: number) =>
    terminal.note(`${missed} webhooks are too old to be told; their requests are in clipia history`)
  try {
    for await (const webhook of clipia.deliveries.listen({ lastEventId, onReady, onGap, signal })) {
      const outcome = forward === undefined ? null : await forwardWebhook(webhook, forward, signal)
      if (terminal.isForPeople) terminal.line(describe(webhook, outcome))
      // One line a webhook, so that a program can read them as they come.
      else terminal.line(JSON.stringify({ ...webhook, ...(outcome !== null && { forwarded: outcome }) }))
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

function describe({ body }: LiveWebhook, outcome: string | null): string {
  const time = new Date().toLocaleTimeString('en-GB')
  return `${time}  ${clean(what(body))}${outcome === null ? '' : `  -> ${outcome}`}`
}

function what(body: string): string {
  try {
    const { request_id: requestId, status, payload, error } = JSON.parse(body)
    return `${requestId}  ${status}  ${payload?.model ?? error?.code ?? ''}`
  } catch {
    return body.slice(0, 120)
  }
}
