import type { Fields, ModelDocument, YamlNode } from '../../catalogue/model-document.ts'
import { type Expression, parseExpression } from '../../expressions/expression.ts'
import { type PathTemplate, parsePathTemplate } from './path-template.ts'

/** The fields of one map of an engine file; what is wrong with one is noted at its place. */
export class DefinitionFields {
  readonly #document: ModelDocument
  readonly #node: YamlNode
  readonly #what: string
  readonly #fields: Fields

  private constructor(document: ModelDocument, node: YamlNode, what: string, fields: Fields) {
    this.#document = document
    this.#node = node
    this.#what = what
    this.#fields = fields
  }

  /** Reads the map at a node, which takes these fields and no others; null, with a mistake, where there is none. */
  static open(
    document: ModelDocument,
    node: YamlNode,
    what: string,
    allowed: readonly string[],
  ): DefinitionFields | null {
    const fields = document.readMap(node, what, allowed)
    return fields && new DefinitionFields(document, node, what, fields)
  }

  /** Whether a field is there, right or wrong. */
  has(name: string): boolean {
    return this.#fields.has(name)
  }

  /** A field that may be left out: null where it is, or is wrong. */
  find<Value>(name: string, read: (node: YamlNode) => Value | null): Value | null {
    const field = this.#fields.get(name)
    return field === undefined ? null : read(field.value)
  }

  /** A field that must be there. */
  need<Value>(name: string, read: (node: YamlNode) => Value | null): Value | null {
    if (this.#fields.has(name)) return this.find(name, read)
    return this.#document.note(this.#node, `${this.#what} lacks the field ${name}`)
  }

  /** A JSONata expression that may be left out. */
  expression(name: string): Expression | null {
    return this.find(name, (node) => this.#parse(name, node, parseExpression))
  }

  /** A JSONata expression that must be there. */
  needExpression(name: string): Expression | null {
    return this.need(name, (node) => this.#parse(name, node, parseExpression))
  }

  /** A path that must be there. */
  path(name: string): PathTemplate | null {
    return this.need(name, (node) => this.#parse(name, node, parsePathTemplate))
  }

  #parse<Value>(name: string, node: YamlNode, parse: (text: string) => Value): Value | null {
    const text = this.#document.readText(node, `${this.#what}: ${name}`, 4000)
    if (text === null) return null
    try {
      return parse(text)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return this.#document.note(node, `${this.#what}: ${name}: ${reason}`)
    }
  }
}
