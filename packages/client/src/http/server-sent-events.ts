import { ClipiaConnectionError } from '../errors/connection-error.ts'

/** One event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** `message` where the stream does not name it. */
  event: string
  data: string
  /** The last id the stream gave so far, for `Last-Event-ID`. */
  id: string | undefined
}

/** A stream that says nothing for so long, not even a heartbeat, is dead. */
const LONGEST_SILENCE_MS = 60_000

/**
 * Reads a stream of server-sent events until it ends. Comments are skipped. Throws a {@link ClipiaConnectionError} when
 * it breaks or falls silent for a minute. The stream is released however the reading ends.
 */
export async function* readServerSentEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let id: string | undefined
  let event = ''
  let data: string[] = []
  for await (const line of readLines(stream)) {
    if (line === '') {
      if (data.length > 0) yield { event: event === '' ? 'message' : event, data: data.join('\n'), id }
      event = ''
      data = []
      continue
    }
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (field === 'data') data.push(value)
    else if (field === 'event') event = value
    else if (field === 'id' && !value.includes('\0')) id = value
  }
}

async function* readLines(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await readInTime(reader)
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true })
      // A CR at the end may be the first half of CRLF.
      const lines = rest.split(/\r\n|\n|\r(?!$)/)
      rest = lines.pop() ?? ''
      yield* lines
      if (done) return
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

async function readInTime(reader: ReadableStreamDefaultReader<Uint8Array>) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ClipiaConnectionError({ message: 'the stream fell silent' })),
      LONGEST_SILENCE_MS,
    )
  })
  try {
    return await Promise.race([reader.read(), silence])
  } finally {
    clearTimeout(timer)
  }
}
