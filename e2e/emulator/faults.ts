import type { Control, Fault, FaultChance, Route } from './options.ts'
import { draw, pick } from './random.ts'

/** Decides which calls go wrong, by script and by chance. */
export interface Faults {
  /** The fault that strikes this call, used up by it. */
  take(route: Route, clientId: string | null): Fault | undefined
  apply(control: Control): void
  /** How often each fault struck, by `route/act/stage`. */
  readonly struck: Readonly<Record<string, number>>
}

/** Creates the faults of one emulator. */
export function createFaults(seed: number): Faults {
  const struck: Record<string, number> = {}
  const calls = new Map<string, number>()
  let script: { fault: Fault; left: number }[] = []
  let chances: readonly FaultChance[] = []

  function takeScripted(route: Route, clientId: string | null): Fault | undefined {
    const entry = script.find(({ fault }) => fault.on === route && (fault.clientId ?? clientId) === clientId)
    if (entry === undefined) return undefined
    entry.left -= 1
    if (entry.left <= 0) script = script.filter((other) => other !== entry)
    return entry.fault
  }

  function takeRandom(route: Route, clientId: string | null): Fault | undefined {
    const fitting = chances.filter(({ fault }) => fault.on === route && (fault.clientId ?? clientId) === clientId)
    if (fitting.length === 0) return undefined
    const name = `${route} ${clientId}`
    const call = (calls.get(name) ?? 0) + 1
    calls.set(name, call)
    return pick(fitting, draw(seed, name, call))?.fault
  }

  return {
    struck,
    take(route, clientId) {
      const fault = takeScripted(route, clientId) ?? takeRandom(route, clientId)
      if (fault !== undefined) {
        const name = `${fault.on}/${fault.act}/${fault.stage ?? 'before'}`
        struck[name] = (struck[name] ?? 0) + 1
      }
      return fault
    },
    apply(control) {
      if (control.clearFaults === true) {
        script = []
        chances = []
      }
      chances = control.faultChances ?? chances
      for (const fault of control.faults ?? []) script.push({ fault, left: fault.times ?? 1 })
    },
  }
}
