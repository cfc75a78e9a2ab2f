import type { StatusResponse } from '@clipia/client'
import { clean } from '../terminal/terminal.ts'
import type { ClientContext, ClientFlags } from './context.ts'

/** `clipia status` */
export async function status({ clipia, terminal }: ClientContext, _flags: ClientFlags, requestId = ''): Promise<void> {
  const answer = await clipia.queue.status(requestId)
  if (!terminal.isForPeople) {
    terminal.json(answer)
    return
  }
  terminal.line(statusText(answer))
  for (const { timestamp, message } of answer.logs) terminal.line(`  ${timestamp}  ${clean(message)}`)
}

/** A status in a few words. */
export function statusText({ status: name, queue_position: ahead, progress }: StatusResponse): string {
  if (name === 'IN_QUEUE') return `IN_QUEUE, ${ahead === 0 ? 'next' : `${ahead ?? 0} ahead`}`
  return name === 'IN_PROGRESS' ? `IN_PROGRESS, ${progress}%` : name
}
