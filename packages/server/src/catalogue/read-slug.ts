import type { ModelDocument, YamlNode } from './model-document.ts'

const SLUG = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/

/** A slug and where it stands, line and column from 1. */
export interface PlacedSlug {
  readonly text: string
  readonly line: number
  readonly column: number
}

/** Reads the name of a model; `field` names it in the message. */
export function readSlug(document: ModelDocument, node: YamlNode, field: string): PlacedSlug | null {
  const text = document.readText(node, field, 100, SLUG)
  return text === null ? null : { text, ...document.placeOf(node) }
}
