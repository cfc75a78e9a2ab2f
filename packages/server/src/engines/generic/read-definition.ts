import type { Mistake } from '../../catalogue/catalogue-error.ts'
import type { ModelDocument, YamlNode } from '../../catalogue/model-document.ts'
import { PROVIDERS } from '../providers.ts'
import type { AnswerReading, Definition, Request, StandingWord } from './definition.ts'
import { STANDING_WORDS } from './definition.ts'
import { DefinitionFields } from './definition-fields.ts'

const FIELDS = [
  'name',
  'base_url',
  'base_url_variable',
  'credential_variable',
  'headers',
  'capacity',
  'poll_seconds',
  'media_inputs',
  'failures_are_free',
  'start',
  'check',
  'result',
  'cancel',
  'find',
  'answer',
  'callback',
] as const

/** Names of engines that are not described by files. */
const TAKEN_NAMES: ReadonlySet<string> = new Set(['local', 'sandbox', 'http', ...PROVIDERS.map(({ name }) => name)])

/** Reads a file that describes an engine. Never throws for what the text says; null with at least one mistake. */
export function readDefinition(document: ModelDocument): {
  definition: Definition | null
  mistakes: readonly Mistake[]
} {
  const definition = document.root === null ? null : read(document, document.root)
  const mistakes = document.sortedMistakes()
  return { definition: mistakes.length === 0 ? definition : null, mistakes }
}

function read(document: ModelDocument, root: YamlNode): Definition | null {
  const of = DefinitionFields.open(document, root, 'an engine', FIELDS)
  if (of === null) return null
  const name = of.need('name', (node) => document.readText(node, 'name', 60, /^[a-z0-9]+(-[a-z0-9]+)*$/))
  if (name !== null && TAKEN_NAMES.has(name)) document.note(root, `name: ${name} is the name of another engine`)
  const start = of.need('start', (node) => readStart(document, node))
  const check = of.find('check', (node) => readRequest(document, node, 'check', 'GET', ['lost']))
  const answer = of.need('answer', (node) => readAnswer(document, node))
  const ticketlessFault = start !== null && (start.ticket !== null) !== of.has('check')
  if (ticketlessFault) document.note(root, 'start: ticket and check belong together: a job is asked for by its ticket')
  const baseUrl = of.need('base_url', (node) => document.readText(node, 'base_url', 500, /^https?:\/\/[^\s?#@]+$/))
  if (name === null || baseUrl === null || start === null || answer === null) return null
  return {
    name,
    baseUrl,
    baseUrlVariable: of.find('base_url_variable', (node) => readVariable(document, node, 'base_url_variable')),
    credentialVariable: of.find('credential_variable', (node) => readVariable(document, node, 'credential_variable')),
    headers: of.find('headers', (node) => readHeaders(document, node)) ?? {},
    capacity: of.find('capacity', (node) => document.readInteger(node, 'capacity', 1, 10_000)) ?? 4,
    pollMs: (of.find('poll_seconds', (node) => document.readInteger(node, 'poll_seconds', 1, 600)) ?? 2) * 1000,
    mediaInputs:
      of.find('media_inputs', (n) => document.readWord(n, 'media_inputs', ['data_url', 'url'])) ?? 'data_url',
    areFailuresFree: of.find('failures_are_free', (node) => document.readBoolean(node, 'failures_are_free')) ?? false,
    start,
    check: check && { ...check.request, lost: check.fields.expression('lost') },
    result: of.find('result', (node) => readRequest(document, node, 'result', 'GET'))?.request ?? null,
    cancel: of.find('cancel', (node) => readCancel(document, node)),
    find: of.find('find', (node) => readFind(document, node)),
    answer,
    callback: of.find('callback', (node) => readCallback(document, node)),
  }
}

function readRequest(
  document: ModelDocument,
  node: YamlNode,
  what: string,
  defaultMethod: string,
  more: readonly string[] = [],
): { request: Request; fields: DefinitionFields } | null {
  const fields = DefinitionFields.open(document, node, what, ['method', 'path', ...more])
  if (fields === null) return null
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
  const method = fields.find('method', (value) => document.readWord(value, `${what}: method`, methods))
  const path = fields.path('path')
  return path === null ? null : { request: { method: method ?? defaultMethod, path }, fields }
}

function readStart(document: ModelDocument, node: YamlNode): Definition['start'] | null {
  const read = readRequest(document, node, 'start', 'POST', ['body', 'ticket', 'idempotency_header'])
  if (read === null) return null
  const { request, fields } = read
  const ticket = fields.expression('ticket')
  if (ticket === null && fields.has('ticket')) return null
  const header = (value: YamlNode) => document.readText(value, 'start: idempotency_header', 100, /^[A-Za-z0-9-]+$/)
  return {
    ...request,
    body: fields.expression('body'),
    ticket,
    idempotencyHeader: fields.find('idempotency_header', header),
  }
}

function readCancel(document: ModelDocument, node: YamlNode): Definition['cancel'] {
  const read = readRequest(document, node, 'cancel', 'POST', ['only_waiting'])
  if (read === null) return null
  const onlyWaiting = read.fields.find('only_waiting', (value) => document.readBoolean(value, 'cancel: only_waiting'))
  return { ...read.request, onlyWaiting: onlyWaiting ?? false }
}

function readFind(document: ModelDocument, node: YamlNode): Definition['find'] {
  const read = readRequest(document, node, 'find', 'GET', ['ticket'])
  const ticket = read?.fields.needExpression('ticket') ?? null
  return read === null || ticket === null ? null : { ...read.request, ticket }
}

function readAnswer(document: ModelDocument, node: YamlNode): AnswerReading | null {
  const names = ['status', 'words', 'progress', 'media', 'seed', 'error', 'rejected', 'charged', 'usage']
  const fields = DefinitionFields.open(document, node, 'answer', names)
  const status = fields?.needExpression('status') ?? null
  const words = fields?.need('words', (value) => readWords(document, value)) ?? null
  if (fields === null || status === null || words === null) return null
  return {
    status,
    words,
    progress: fields.expression('progress'),
    media: fields.expression('media'),
    seed: fields.expression('seed'),
    error: fields.expression('error'),
    rejected: fields.expression('rejected'),
    charged: fields.expression('charged'),
    usage: fields.find('usage', (value) => readUsage(document, value)),
  }
}

function readWords(document: ModelDocument, node: YamlNode): ReadonlyMap<string, StandingWord> | null {
  const fields = document.readMap(node, 'words', STANDING_WORDS)
  if (fields === null) return null
  const words = new Map<string, StandingWord>()
  for (const { name, value } of fields.values()) {
    for (const item of document.readList(value, `words: ${name}`) ?? []) {
      const word = document.readJson(item, `words: ${name}`)
      if (words.has(String(word))) document.note(item, `words: ${word} is given twice`)
      words.set(String(word), name as StandingWord)
    }
  }
  for (const needed of ['finished', 'failed']) {
    if (!fields.has(needed)) document.note(node, `words lacks the field ${needed}`)
  }
  return words
}

function readUsage(document: ModelDocument, node: YamlNode): AnswerReading['usage'] {
  const fields = DefinitionFields.open(document, node, 'usage', ['unit', 'amount'])
  const unit = fields?.need('unit', (value) => document.readText(value, 'usage: unit', 30, /^[a-z][a-z-]*$/)) ?? null
  const amount = fields?.needExpression('amount') ?? null
  return unit === null || amount === null ? null : { unit, amount }
}

function readCallback(document: ModelDocument, node: YamlNode): Definition['callback'] {
  const fields = DefinitionFields.open(document, node, 'callback', ['secret_variable', 'ticket'])
  const secretVariable = fields?.need('secret_variable', (value) => readVariable(document, value, 'secret_variable'))
  return fields === null || !secretVariable ? null : { secretVariable, ticket: fields.expression('ticket') }
}

function readHeaders(document: ModelDocument, node: YamlNode): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const { name, key, value } of document.readMap(node, 'headers')?.values() ?? []) {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(name)) document.note(key, 'headers: a name is of letters, digits and -')
    headers[name.toLowerCase()] = document.readText(value, `headers: ${name}`, 500, /^[\x20-\x7e]+$/) ?? ''
  }
  return headers
}

function readVariable(document: ModelDocument, node: YamlNode, what: string): string | null {
  return document.readText(node, what, 100, /^[A-Z][A-Z0-9_]*$/)
}
