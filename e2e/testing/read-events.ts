/** A server-sent event. */
export interface WireEvent {
  event: string
  id: string
  data: string
}

/** Opens a stream of server-sent events and answers what comes, comments left out, until the server ends it. */
export async function* readEvents(
  url: string,
  key: string,
  { lastEventId, signal }: { lastEventId?: string; signal?: AbortSignal } = {},
): AsyncGenerator<WireEvent> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${key}`, ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) },
    ...(signal !== undefined && { signal }),
  })
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}`)
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: ?(.*)/s).slice(0, 2)))
      if (fields.event !== undefined) yield fields
    }
  }
}
