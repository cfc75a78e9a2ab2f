import type { ModelDocument, YamlNode } from './model-document.ts'

const MAX_RUN_LIMIT_SECONDS = 86_400

/** Reads `run_limit_seconds`: at most a day. */
export function readRunLimit(document: ModelDocument, node: YamlNode): number | null {
  return document.readInteger(node, 'run_limit_seconds', 1, MAX_RUN_LIMIT_SECONDS)
}
