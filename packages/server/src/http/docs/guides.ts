import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../../../docs/', import.meta.url))

/** A text that is read beside the reference, at `/guides/<name>` and, as Markdown, at `/guides/<name>.md`. */
export interface Guide {
  name: string
  /** Its first heading. */
  title: string
  /** What it tells, in a sentence. */
  about: string
  /** Where it stands in the list: for first steps, for callers, for operators. */
  group: 'Start' | 'Build' | 'Operate'
  /** Within the folder of documents. */
  file: string
}

/** Every guide, in the order in which they are best read. */
export const GUIDES: readonly Guide[] = [
  guide('Start', 'quickstart', 'Quickstart', 'From a key to a picture, with curl, the command, TypeScript and Python.'),
  guide('Start', 'concepts', 'Concepts', 'The few words everything is made of: keys, models, requests, credits.'),
  guide('Start', 'sandbox', 'The sandbox', 'Test keys: what they do for nothing, and scenarios of failure.'),
  guide('Build', 'pricing', 'Pricing', 'How a price comes about, how it is held, and when credits move.'),
  guide('Build', 'waiting', 'Waiting for a request', 'Four ways to learn that a request is over.'),
  guide('Build', 'webhooks', 'Webhooks', 'What is told to a webhook_url, and how its signature is checked.'),
  guide('Build', 'files', 'Files, inputs and media', 'Giving pictures, videos and sounds to models; deleting them.'),
  guide('Build', 'errors', 'Errors', 'Every code, what to do about it, and what may be sent again.'),
  guide('Build', 'history', 'History', 'Listing requests and every movement of credits.'),
  guide(
    'Build',
    'agents',
    'Agents',
    'The MCP server at /mcp: tools, configuration, limits on spending.',
    'agents/README.md',
  ),
  guide('Operate', 'operating', 'Operating Clipia', 'Metrics, TLS and proxies, nodes, backup and restore, upgrade.'),
]

function guide(group: Guide['group'], name: string, title: string, about: string, file = `guides/${name}.md`): Guide {
  return { name, title, about, group, file }
}

/** The guide of a name, if there is one. */
export function findGuide(name: string): Guide | undefined {
  return GUIDES.find((known) => known.name === name)
}

/** The Markdown of a guide. */
export function readGuide({ file }: Guide): Promise<string> {
  return readFile(FOLDER + file, 'utf8')
}

/** The guides by name, for who reads them elsewhere than over HTTP. */
export const GUIDE_SHELF = {
  list: GUIDES,
  async read(name: string): Promise<string> {
    const found = findGuide(name)
    if (found === undefined) throw new Error(`there is no guide ${name}`)
    return readGuide(found)
  },
}
