import { fieldsOf, textOf } from '../wire/json-fields.ts'

/** What ComfyUI tells over its socket of the prompts that this node submitted. A hint: nothing is decided by it. */
export interface ProgressSocket {
  /** Opens the socket unless it is open. Never throws: without it jobs run just as well. */
  listen(): void
  /** 0 to 99; null where nothing is known. */
  percentOf(prompt: string): number | null
  close(): void
}

/** Prompts that are remembered; older ones are forgotten. */
const MOST_PROMPTS = 200

/** Creates the socket of a client id, by which ComfyUI knows whom to tell. */
export function createProgressSocket(of: {
  baseUrl: string
  clientId: string
  headers: Readonly<Record<string, string>>
}): ProgressSocket {
  const percents = new Map<string, number>()
  const url = new URL(`${of.baseUrl.replace(/\/+$/, '')}/ws?clientId=${of.clientId}`)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  let socket: WebSocket | null = null

  function note(prompt: string, percent: number): void {
    percents.set(prompt, Math.max(percents.get(prompt) ?? 0, percent))
    if (percents.size <= MOST_PROMPTS) return
    const [oldest] = percents.keys()
    if (oldest !== undefined) percents.delete(oldest)
  }

  function hear(text: unknown): void {
    // Previews come as binary messages.
    if (typeof text !== 'string') return
    const { type, data } = readMessage(text)
    const { prompt_id: prompt, value, max } = fieldsOf(data)
    const id = textOf(prompt)
    if (type !== 'progress' || id === null || typeof value !== 'number' || typeof max !== 'number' || max <= 0) return
    note(id, Math.min(Math.max(Math.floor((value / max) * 100), 0), 99))
  }

  return {
    listen() {
      if (socket !== null && socket.readyState <= WebSocket.OPEN) return
      // Node's own takes headers besides the standard's protocols.
      const opened = new WebSocket(url, { headers: of.headers } as unknown as string[])
      opened.addEventListener('message', ({ data }) => hear(data))
      opened.addEventListener('error', () => opened.close())
      socket = opened
    },
    percentOf: (prompt) => percents.get(prompt) ?? null,
    close() {
      socket?.close()
      socket = null
    },
  }
}

function readMessage(text: string): Readonly<Record<string, unknown>> {
  try {
    return fieldsOf(JSON.parse(text))
  } catch {
    return {}
  }
}
