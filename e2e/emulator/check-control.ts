import { ACTS, type Control, DEFAULT_PLAN, type EmulatorOptions, ROUTES } from './options.ts'

const CONTROL_FIELDS = [
  'advanceMs',
  'isStartIdempotent',
  'canFind',
  'job',
  'nextJobs',
  'faults',
  'clearFaults',
  'faultChances',
  'jobChances',
]
const OPTION_FIELDS = [...CONTROL_FIELDS, 'port', 'token', 'clock', 'seed'].filter(
  (field) => field !== 'advanceMs' && field !== 'clearFaults',
)
const FAULT_FIELDS = ['on', 'act', 'stage', 'status', 'body', 'retryAfterSeconds', 'delayMs', 'clientId', 'times']
const PLAN_FIELDS = Object.keys(DEFAULT_PLAN)

/** Refuses what the emulator would ignore: a mistyped fault must not make a test pass. */
export function checkControl(value: unknown): Control {
  checkFields(value, CONTROL_FIELDS, 'the control')
  return checkParts(value)
}

/** The same for the options of a process. */
export function checkOptions(value: unknown): EmulatorOptions {
  checkFields(value, OPTION_FIELDS, 'the options')
  return checkParts(value)
}

function checkParts<Checked extends Control>(value: Checked): Checked {
  if (value.job !== undefined) checkFields(value.job, PLAN_FIELDS, 'job')
  for (const plan of list(value.nextJobs, 'nextJobs')) checkFields(plan, PLAN_FIELDS, 'nextJobs')
  for (const fault of list(value.faults, 'faults')) checkFault(fault)
  for (const chance of list(value.faultChances, 'faultChances')) {
    checkFields(chance, ['probability', 'fault'], 'faultChances')
    checkFault(chance.fault)
  }
  for (const chance of list(value.jobChances, 'jobChances')) {
    checkFields(chance, ['probability', 'job'], 'jobChances')
    checkFields(chance.job, PLAN_FIELDS, 'jobChances')
  }
  return value
}

function checkFault(fault: unknown): void {
  checkFields(fault, FAULT_FIELDS, 'a fault')
  const { on, act, stage = 'before' } = fault as Record<string, unknown>
  const isKnown = ROUTES.some((route) => route === on) && ACTS.some((known) => known === act)
  if (!isKnown || (stage !== 'before' && stage !== 'after')) throw new Error(`no such fault: ${JSON.stringify(fault)}`)
}

function list<Item>(value: readonly Item[] | undefined, name: string): readonly Item[] {
  if (value !== undefined && !Array.isArray(value)) throw new Error(`${name} must be a list`)
  return value ?? []
}

function checkFields(value: unknown, fields: readonly string[], name: string): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} must be an object`)
  for (const field of Object.keys(value)) {
    if (!fields.includes(field)) throw new Error(`${name} has no field "${field}"; it has ${fields.join(', ')}`)
  }
}
