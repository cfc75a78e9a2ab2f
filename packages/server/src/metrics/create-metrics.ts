import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { toCredits } from '../credits/amount.ts'
import { createGauges, type GaugeSources } from './gauges.ts'
import type { Observer } from './observer.ts'

/** One answer of HTTP. `route` is the template (`/v1/models/{slug}`), never the path. */
export interface HttpAnswer {
  method: string
  route: string
  status: number
  latencyMs: number
}

/** What a node counts, for Prometheus. */
export interface Metrics {
  observer: Observer
  httpAnswered(answer: HttpAnswer): void
  /** Reads what the gauges show and writes everything down. */
  render(): Promise<{ contentType: string; text: string }>
}

const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30]
const STEP_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300]
const LAG_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3600]

/**
 * Creates the counters of a node in a registry of its own. Labels are words of ours, models of the catalogue, engines and
 * route templates: nothing a caller makes up.
 */
export function createMetrics(sources: GaugeSources, version: string): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const build = new Gauge({
    name: 'clipia_build_info',
    help: 'The version that runs.',
    labelNames: ['version'],
    registers,
  })
  build.set({ version }, 1)
  const http = new Histogram({
    name: 'clipia_http_request_duration_seconds',
    help: 'Answers of HTTP; waits and streams count until they end.',
    labelNames: ['method', 'route', 'status'],
    buckets: HTTP_SECONDS,
    registers,
  })
  const gauges = createGauges(registry, sources)
  return {
    observer: createObserver(registry),
    httpAnswered({ method, route, status, latencyMs }) {
      http.observe({ method, route, status }, latencyMs / 1000)
    },
    async render() {
      await gauges.refresh()
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

/** The counters of what happens on this node. */
function createObserver(registry: Registry): Observer {
  const registers = [registry]
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `clipia_${name}`, help, labelNames, registers })
  const histogram = <Label extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: readonly Label[],
  ) => new Histogram({ name: `clipia_${name}`, help, buckets, labelNames, registers })

  const submitted = counter('generations_submitted_total', 'Generations accepted.', ['model', 'mode'])
  const ended = counter('generations_ended_total', 'Generations that are over; code of the error, if any.', [
    'model',
    'mode',
    'status',
    'code',
  ])
  const charged = counter('credits_charged_total', 'Credits charged at submit.', ['mode'])
  const refunded = counter('credits_refunded_total', 'Credits given back.', ['mode'])
  const steps = histogram('step_duration_seconds', 'Steps of generations; result is done or thrown.', STEP_SECONDS, [
    'engine',
    'step',
    'result',
  ])
  const faults = counter('upstream_failures_total', 'What went wrong at an engine.', ['engine', 'fault'])
  const attempts = counter('webhook_attempts_total', 'Attempts; dead was the last one.', ['result'])
  const attempt = histogram('webhook_attempt_duration_seconds', 'How long receivers took.', HTTP_SECONDS, [])
  const lag = histogram('webhook_lag_seconds', 'From the end of a generation to the first attempt.', LAG_SECONDS, [])
  const duties = histogram('duty_duration_seconds', 'Runs of the background duties.', STEP_SECONDS, ['duty', 'result'])

  return {
    generationSubmitted({ model, mode, cost }) {
      submitted.inc({ model, mode })
      if (cost > 0) charged.inc({ mode }, toCredits(cost))
    },
    generationEnded({ model, mode, status, code, refunded: amount }) {
      ended.inc({ model, mode, status, code: code ?? '' })
      if (amount > 0) refunded.inc({ mode }, toCredits(amount))
    },
    stepDone({ engine, step, latencyMs, hasThrown }) {
      steps.observe({ engine, step, result: hasThrown ? 'thrown' : 'done' }, latencyMs / 1000)
    },
    upstreamFailed: (engine, fault) => faults.inc({ engine, fault }),
    webhookAttempted({ result, latencyMs, lagMs }) {
      attempts.inc({ result })
      attempt.observe(latencyMs / 1000)
      if (lagMs !== null) lag.observe(lagMs / 1000)
    },
    dutyDone({ name, latencyMs, hasFailed }) {
      duties.observe({ duty: name, result: hasFailed ? 'failed' : 'done' }, latencyMs / 1000)
    },
  }
}
