import assert from 'node:assert/strict'
import type { EngineTraits } from '../engines/engine.ts'
import type { DatabaseKind } from './databases.ts'
import { WITH_TEST_MODELS } from './fixtures.ts'
import { createScriptedEngine, type ScriptedEngine } from './scripted-engine.ts'
import { createTestApp, type TestApp } from './test-app.ts'

/** The app with one scripted engine behind the model `remote-1` (3 credits), and 100 credits. */
export interface Machine extends TestApp {
  engine: ScriptedEngine
  /** Submits to `remote-1` and answers the request's id. */
  submitJob(key?: string): Promise<string>
  // biome-ignore-start lint/suspicious/noExplicitAny: tests read whatever the wire holds
  result(id: string): Promise<any>
  status(id: string): Promise<any>
  // biome-ignore-end lint/suspicious/noExplicitAny: see above
  balance(): Promise<{ credits: number; reserved: number }>
  runDuty(name: string): Promise<void>
  /** Closes it after an audit that must be clean. */
  auditAndClose(): Promise<void>
}

/** Builds a {@link Machine}; the traits are the engine's. */
export async function createMachine(
  kind: DatabaseKind,
  traits: Partial<EngineTraits> = {},
  environment: Record<string, string> = {},
): Promise<Machine> {
  const engine = createScriptedEngine('scripted', traits)
  const test = await createTestApp(kind, {
    environment: { ...WITH_TEST_MODELS.environment, ...environment },
    engines: [engine],
    credits: 100,
  })
  return {
    ...test,
    engine,
    async submitJob(key = test.liveKey) {
      const { body } = await test.submit('remote-1', { prompt: 'x' }, { key })
      assert.ok(body.request_id, JSON.stringify(body))
      return body.request_id
    },
    result: async (id) => (await test.call('GET', `/v1/requests/${id}`)).body,
    status: async (id) => (await test.call('GET', `/v1/requests/${id}/status`)).body,
    balance: async () => (await test.call('GET', '/v1/account')).body.balance,
    async runDuty(name) {
      await test.app.duties.find((duty) => duty.name === name)?.run()
    },
    async auditAndClose() {
      assert.deepEqual(await test.audit(), [], 'the audit is clean')
      await test.close()
    },
  }
}
