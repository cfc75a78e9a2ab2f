import type { TestContext } from 'node:test'
import { type Emulator, startEmulator } from '../emulator.ts'
import type { EmulatorOptions } from '../options.ts'

/** A job document, as far as tests read it. */
export interface Document {
  job: string
  client_id: string
  state: string
  progress: number
  media?: { url: string }[]
  seed?: number
  error?: { code: string; message: string; charged?: boolean }
}

/** An emulator for one test, with a virtual clock, and a client as plain as curl. */
export async function makeEmulator(context: TestContext, options: EmulatorOptions = {}) {
  const emulator = await startEmulator({ clock: 'virtual', ...options })
  context.after(() => emulator.close())
  return { ...emulator, ...makeClient(emulator) }
}

function makeClient({ url }: Emulator) {
  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${url}${path}`, init)
    const text = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json'
    return {
      status: response.status,
      headers: response.headers,
      text,
      document: (isJson ? JSON.parse(text) : {}) as Document,
    }
  }
  return {
    send,
    start: (id: string, init: RequestInit & { input?: object } = {}) =>
      send('/jobs', {
        method: 'POST',
        headers: { 'idempotency-key': id },
        body: JSON.stringify({ id, model: 'm', type: 'image', input: init.input ?? {}, settings: {} }),
        ...init,
      }),
    check: (job: string) => send(`/jobs/${job}`),
    find: (id: string) => send(`/jobs?client_id=${id}`),
    cancel: (job: string) => send(`/jobs/${job}/cancel`, { method: 'POST' }),
    steer: (control: unknown) => send('/_control', { method: 'POST', body: JSON.stringify(control) }),
  }
}

/** Starts a call that hangs, waits until the emulator has it, and leaves. */
export async function abandon(emulator: Emulator, call: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
  const abort = new AbortController()
  const before = struckCount(emulator)
  const ended = call(abort.signal).then(
    () => 'answered',
    () => 'left',
  )
  await until(() => struckCount(emulator) > before)
  abort.abort()
  if ((await ended) !== 'left') throw new Error('the call was answered')
}

/** Resolves once a condition holds; a test's own time limit ends the wait. */
export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve))
}

function struckCount(emulator: Emulator): number {
  return Object.values(emulator.stats().faults).reduce((sum, count) => sum + count, 0)
}
