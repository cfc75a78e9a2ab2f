import type { Mode } from '@clipia/contract'
import type { Draft } from '../form/draft.ts'

/** What a snippet says: the key is never in it, it comes from CLIPIA_KEY. */
export interface SnippetParts {
  origin: string
  slug: string
  input: Draft
  mode: Mode
}

/** A text in single quotes for a POSIX shell. */
function quoteShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

function indent(text: string, spaces: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(spaces)}`)
}

function exportLine(mode: Mode): string {
  return `# export CLIPIA_KEY=clipia_${mode}_...`
}

function curl({ origin, slug, input, mode }: SnippetParts): string {
  const body = quoteShell(JSON.stringify({ input }, null, 2))
  return `${exportLine(mode)}
curl ${origin}/v1/models/${encodeURIComponent(slug)} \\
  -H "Authorization: Bearer $CLIPIA_KEY" \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -H "Prefer: wait=30" \\
  -d ${body}`
}

function typescript({ origin, slug, input, mode }: SnippetParts): string {
  const shown = indent(JSON.stringify(input, null, 2), 2)
  return `// npm install @clipia/client
${exportLine(mode).replace('#', '//')}
import { createClient } from '@clipia/client'

const clipia = createClient({ baseUrl: '${origin}' })
const result = await clipia.subscribe('${slug}', {
  input: ${shown},
})
console.log(result)`
}

/** JSON as a Python literal. */
export function toPython(value: unknown, depth = 0): string {
  const pad = '    '.repeat(depth + 1)
  const end = '    '.repeat(depth)
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((item) => `${pad}${toPython(item, depth + 1)},`).join('\n')}\n${end}]`
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value)
    if (entries.length === 0) return '{}'
    const lines = entries.map(([name, item]) => `${pad}${JSON.stringify(name)}: ${toPython(item, depth + 1)},`)
    return `{\n${lines.join('\n')}\n${end}}`
  }
  return JSON.stringify(value)
}

function python({ origin, slug, input, mode }: SnippetParts): string {
  return `# pip install clipia
${exportLine(mode)}
from clipia import Clipia

clipia = Clipia(base_url="${origin}")
result = clipia.subscribe("${slug}", ${toPython(input)})
print(result)`
}

function command({ origin, slug, input, mode }: SnippetParts): string {
  const { prompt, ...others } = input
  const flags = [
    ...(typeof prompt === 'string' ? [`--prompt ${quoteShell(prompt)}`] : []),
    ...Object.entries(others).map(([name, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      return `--param ${quoteShell(`${name}=${text}`)}`
    }),
    '--wait',
  ]
  return `${exportLine(mode)}
export CLIPIA_BASE_URL=${origin}
clipia generate ${slug} \\
  ${flags.join(' \\\n  ')}`
}

/** The ways to call the API, each for what is on screen. */
export const SNIPPETS = { curl, TypeScript: typescript, Python: python, CLI: command } as const

/** Name of one of {@link SNIPPETS}. */
export type SnippetName = keyof typeof SNIPPETS
