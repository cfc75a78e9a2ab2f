import type { ModelDocument, YamlNode } from './model-document.ts'

/** Reads `rejected_content`: whether what an engine rejects after it had accepted the job is charged all the same. */
export function readRejectedContent(document: ModelDocument, node: YamlNode): boolean | null {
  const word = document.readWord(node, 'rejected_content', ['refunded', 'charged'])
  return word === null ? null : word === 'charged'
}
