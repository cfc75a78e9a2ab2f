import type { Operation, ProviderWire, Reply, Standing } from './provider-wire.ts'
import { type Act, answer, startDecidingServer } from './scripted-server.ts'

/** An emulated provider: a real server that answers in the provider's words, or misbehaves as a test says. */
export interface EmulatedProvider extends AsyncDisposable {
  url: string
  /** What the engine sent, oldest first, with what it was about. */
  calls: { operation: Operation; method: string; target: string; headers: Record<string, unknown>; body: string }[]
  standing: Standing
  /** What is done with the next requests of an operation instead of what the wire says. */
  misbehave: Map<Operation, Act>
  stopListening(): void
}

/** Starts it; jobs are `running` until a test says otherwise. */
export async function startEmulatedProvider(wire: ProviderWire): Promise<EmulatedProvider> {
  const calls: EmulatedProvider['calls'] = []
  const misbehave: EmulatedProvider['misbehave'] = new Map()
  let standing: Standing = 'running'
  const server = await startDecidingServer((received) => {
    const operation = wire.operationOf(received)
    if (operation === null) return answer(404, { detail: `no such operation: ${received.method} ${received.target}` })
    calls.push({ operation, ...received })
    const act = misbehave.get(operation)
    if (act !== undefined) return act
    const reply = replyTo(operation)
    return reply === null ? answer(500, { detail: 'the provider has no such standing' }) : toAct(reply)

    function replyTo(about: Operation): Reply | null {
      if (about === 'submit' && wire.isSynchronous) {
        return wire.standing(standing === 'running' ? 'finished' : standing, 'result')
      }
      if (about === 'submit' || about === 'find') return wire.accepted(received)
      if (about === 'cancel') return wire.canceled
      if (about === 'upload') return wire.upload?.(received, server.url) ?? null
      return wire.standing(standing, about === 'result' ? 'result' : 'check')
    }
  })
  return {
    url: server.url,
    calls,
    misbehave,
    stopListening: server.stopListening,
    get standing() {
      return standing
    },
    set standing(value) {
      standing = value
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function toAct({ status, body, headers }: Reply): Act {
  return answer(status, body, headers)
}
