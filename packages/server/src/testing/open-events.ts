import type { TestApp } from './test-app.ts'

/** What a client reads of a stream of server-sent events: an event, or a comment. */
export interface ReadEvent {
  event?: string
  id?: string
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire holds
  data?: any
  comment?: string
}

/** An open stream, as a client sees it. */
export interface OpenEvents {
  status: number
  headers: Headers
  /** The next event or comment; null once the stream has ended. */
  next(): Promise<ReadEvent | null>
  /** Goes away without a word. */
  leave(): void
}

/** Opens a stream over a real connection to the app, which listens from then on. */
export async function openEvents(
  test: TestApp,
  path: string,
  options: { key?: string; lastEventId?: string } = {},
): Promise<OpenEvents> {
  const leaving = new AbortController()
  const response = await fetch(`${await listen(test)}${path}`, {
    headers: {
      authorization: `Bearer ${options.key ?? test.liveKey}`,
      ...(options.lastEventId !== undefined && { 'last-event-id': options.lastEventId }),
    },
    signal: leaving.signal,
  })
  const blocks = readBlocks(response)
  return {
    status: response.status,
    headers: response.headers,
    async next() {
      const { value, done } = await blocks.next()
      return done ? null : parseBlock(value)
    },
    leave: () => leaving.abort(),
  }
}

const listening = new WeakMap<TestApp['app'], Promise<string>>()

/** Lets the app listen on a free port, once, and answers its origin. */
export function listen({ app }: TestApp): Promise<string> {
  const origin = listening.get(app) ?? app.http.listen({ host: '127.0.0.1', port: 0 })
  listening.set(app, origin)
  return origin
}

/** The blocks of a stream, without those that only tell when to come back. */
async function* readBlocks(response: Response): AsyncGenerator<string> {
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) if (!block.startsWith('retry:')) yield block
  }
}

function parseBlock(block: string): ReadEvent {
  const read: Record<string, string> = {}
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^(\w*): ?(.*)$/.exec(line) ?? []
    read[name === '' ? 'comment' : name] = value
  }
  return { ...read, ...(read.data !== undefined && { data: JSON.parse(read.data) }) }
}
