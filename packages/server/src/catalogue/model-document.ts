import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type Scalar } from 'yaml'
import type { JsonValue } from '../json.ts'
import type { Mistake } from './catalogue-error.ts'
import { clip } from './characters.ts'
import { type Decimal, parseDecimal } from './decimal.ts'

/** A node of a model file, or null where YAML has nothing. */
export type YamlNode = Node | null

/** One `key: value` of a map. */
export interface Field {
  readonly name: string
  readonly key: Node
  readonly value: YamlNode
}

/** The fields of a map, in the order of the file. */
export type Fields = ReadonlyMap<string, Field>

/** 15 significant digits survive the way through a JSON number unchanged. */
const MAX_DIGITS = 15

/**
 * A model file being read. Each reader answers null after it has noted a mistake with its line and column, so that one
 * pass finds them all; `what` names the value in the message.
 */
export class ModelDocument {
  readonly mistakes: Mistake[] = []
  /** The content of the file; null when it is empty or no YAML, which is noted already. */
  readonly root: YamlNode
  readonly #file: string
  readonly #lines = new LineCounter()

  constructor(file: string, text: string) {
    this.#file = file
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: false })
    const problems = [...document.errors, ...document.warnings]
    for (const problem of problems) this.#noteAt(problem.pos[0], problem.message)
    this.root = problems.length === 0 ? document.contents : null
    if (problems.length === 0 && this.root === null) this.note(null, 'the file is empty')
  }

  /** Every mistake noted so far, in the order of the file. */
  sortedMistakes(): readonly Mistake[] {
    return this.mistakes.toSorted((left, right) => left.line - right.line || left.column - right.column)
  }

  /** Whether the file is a map with this field. */
  has(field: string): boolean {
    return isMap(this.root) && this.root.has(field)
  }

  /** Notes a mistake at a node; without one at the start of the file. */
  note(node: YamlNode, message: string): null {
    return this.#noteAt(node?.range?.[0] ?? 0, message)
  }

  /** Line and column of a node, both from 1. */
  placeOf(node: YamlNode): { line: number; column: number } {
    return this.#placeAt(node?.range?.[0] ?? 0)
  }

  /** The fields of a map; with `allowed`, others are mistakes. */
  readMap(node: YamlNode, what: string, allowed?: readonly string[]): Fields | null {
    if (!isMap<Node, YamlNode>(node)) return this.#expected(node, `${what} must be a map of fields`)
    const fields = new Map<string, Field>()
    for (const pair of node.items) this.#readField(pair, what, fields)
    if (allowed !== undefined) this.limitFields(fields, what, allowed)
    return fields
  }

  /** Notes every field that is not one of `allowed`. */
  limitFields(fields: Fields, what: string, allowed: readonly string[]): void {
    for (const { name, key } of fields.values()) {
      if (!allowed.includes(name)) this.note(key, `unknown field ${clip(name)}; ${what} takes ${allowed.join(', ')}`)
    }
  }

  /** The value of a field that must be there. */
  need(fields: Fields, name: string, parent: YamlNode, what: string): YamlNode {
    const field = fields.get(name)
    return field === undefined ? this.note(parent, `${what} lacks the field ${name}`) : field.value
  }

  /** The items of a list that is not empty. */
  readList(node: YamlNode, what: string): readonly Node[] | null {
    if (!isSeq<Node>(node)) return this.#expected(node, `${what} must be a list`)
    return node.items.length === 0 ? this.note(node, `${what} must not be empty`) : node.items
  }

  /** A text of 1 to `most` characters, without the white space around it; with `pattern`, it must fit. */
  readText(node: YamlNode, what: string, most: number, pattern?: RegExp): string | null {
    const value = isScalar(node) ? node.value : undefined
    if (typeof value !== 'string') return this.#expected(node, `${what} must be a text${quoteHint(value)}`)
    const text = value.trim()
    if (text === '') return this.note(node, `${what} must not be empty`)
    if (text.length > most) return this.note(node, `${what} must have at most ${most} characters`)
    if (!text.isWellFormed() || text.includes('\0')) return this.note(node, `${what} must be well-formed text`)
    if (pattern !== undefined && !pattern.test(text)) {
      return this.note(node, `${what} must look like ${pattern.source.replace(/^\^(.*)\$$/, '$1')}`)
    }
    return text
  }

  /** One of a few words. */
  readWord<Word extends string>(node: YamlNode, what: string, words: readonly Word[]): Word | null {
    const value = isScalar(node) ? node.value : undefined
    const word = words.find((candidate) => candidate === value)
    return word ?? this.#expected(node, `${what} must be one of ${words.join(', ')}`)
  }

  /** `true` or `false`. */
  readBoolean(node: YamlNode, what: string): boolean | null {
    const value = isScalar(node) ? node.value : undefined
    return typeof value === 'boolean' ? value : this.#expected(node, `${what} must be true or false`)
  }

  /** A whole number within bounds. */
  readInteger(node: YamlNode, what: string, least: number, most: number): number | null {
    const value = isScalar(node) ? node.value : undefined
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value + 0
    return this.#expected(node, `${what} must be a whole number from ${least} to ${most}`)
  }

  /** A number exactly as it is written, never by way of binary floating point. */
  readDecimal(node: YamlNode, what: string): Decimal | null {
    const source = isScalar(node) && typeof node.value === 'number' ? (node.source ?? '') : ''
    const decimal = /^\d+(\.\d+)?$/.test(source) ? parseDecimal(source) : null
    if (decimal === null) return this.#expected(node, `${what} must be a plain number of 0 or more, such as 9.4`)
    if (String(decimal.digits).length > MAX_DIGITS || decimal.scale > MAX_DIGITS) {
      return this.note(node, `${what} must have at most ${MAX_DIGITS} digits`)
    }
    return decimal
  }

  /** Any JSON value: no anchors, tags or numbers without end. */
  readJson(node: YamlNode, what: string): JsonValue | undefined {
    if (node === null) return null
    if (isScalar(node)) return this.#readScalar(node, what)
    if (isSeq<Node>(node)) return node.items.map((item) => this.readJson(item, what) ?? null)
    const fields = this.readMap(node, what)
    if (fields === null) return undefined
    return Object.fromEntries([...fields.values()].map(({ name, value }) => [name, this.readJson(value, what) ?? null]))
  }

  #readField(pair: Pair<Node, YamlNode>, what: string, to: Map<string, Field>) {
    const { key, value } = pair
    if (!isScalar(key) || key.value === null) return this.note(key, `${what} must have plain names`)
    const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
    if (name === '__proto__') return this.note(key, `${what} must not have a field named __proto__`)
    if (to.has(name)) return this.note(key, `the field ${clip(name)} is given twice`)
    return to.set(name, { name, key, value })
  }

  #readScalar(node: Scalar, what: string): JsonValue | undefined {
    const { value } = node
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
    if (typeof value === 'number' && Number.isFinite(value)) return value === 0 ? 0 : value
    this.note(node, `${what} must be a JSON value`)
    return undefined
  }

  #expected(node: YamlNode, message: string): null {
    return this.note(node, isAlias(node) ? `${message}; anchors and aliases are not supported` : message)
  }

  #noteAt(offset: number, message: string): null {
    this.mistakes.push({ file: this.#file, ...this.#placeAt(offset), message })
    return null
  }

  #placeAt(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
}

function quoteHint(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? '; put it in quotes' : ''
}
