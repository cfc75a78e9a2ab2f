import type { JsonValue } from '../../json.ts'
import type { Engine, Job, MediaSource } from '../engine.ts'
import type { ProviderParts } from '../provider-parts.ts'
import type { Received } from './scripted-server.ts'

/** What a request of an engine is about; `null` for one that the provider does not know. */
export type Operation = 'submit' | 'check' | 'result' | 'cancel' | 'find' | 'upload' | 'media' | 'other'

/** How a job stands at an emulated provider, in none of the provider's words yet. */
export type Standing = 'queued' | 'running' | 'unknown-word' | 'finished' | 'failed' | 'rejected' | 'canceled'

/** An answer of the provider. */
export interface Reply {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/**
 * A provider's wire in its own words: what an engine's conformance is tested against. Only documented answers; what goes
 * wrong on every wire is added by `conformance.ts`.
 */
export interface ProviderWire {
  name: string
  open(parts: ProviderParts): Engine | Promise<Engine>
  /** What the job needs besides an input with a prompt. */
  job: { type: Job['type']; settings: Readonly<Record<string, JsonValue>> }
  operationOf(received: Received): Operation | null
  /** The job was accepted; also what `find` answers. */
  accepted(received: Received): Reply
  /** The input was refused for what it is, at submit. */
  refused: Reply
  /** The content was rejected at submit; null where the provider does that later only. */
  rejectedAtOnce: Reply | null
  /** What asking for a job in this standing is answered with; null for a standing the provider does not have. */
  standing(standing: Standing, operation: 'check' | 'result'): Reply | null
  /** What a cancel is answered with. */
  canceled: Reply
  /** The media of a finished job, as the engine is to tell them. */
  media: readonly MediaSource[]
  /** How an upload is answered, given the URL of the emulator; left out for an engine that sends files inline. */
  upload?(received: Received, url: string): Reply
  /** The provider answers a submit only once the media are made: the answer is the job's standing, as `result` has it. */
  isSynchronous?: boolean
  /** False for a provider that is handed the bytes of every input, or takes no second file. */
  passesUrlsOn?: false
  /** False for a server that is told the URLs of inputs as they are, or takes none. */
  handsInputsOver?: false
  /** Whether a failed job may be made good by another route. */
  isFailureItsOwnFault: boolean
}
