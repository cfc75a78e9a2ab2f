import type { ClientContext, ClientFlags } from './context.ts'

/** `clipia cancel` */
export async function cancel({ clipia, terminal }: ClientContext, _flags: ClientFlags, requestId = ''): Promise<void> {
  const answer = await clipia.queue.cancel(requestId)
  if (!terminal.isForPeople) terminal.json(answer)
  else if (answer.status === 'CANCELED') terminal.line(`${requestId} is canceled`)
  else terminal.line(`${requestId} runs; its engine was told to stop. See: clipia watch ${requestId}`)
}
