import { Marked, type Tokens } from 'marked'
import { GUIDES, type Guide } from './guides.ts'

/** A heading of a guide that its table of contents lists. */
interface Section {
  anchor: string
  /** HTML. */
  title: string
}

const GROUPS = ['Start', 'Build', 'Operate'] as const

/** The page of a guide. The texts are our own, so their HTML is not sanitised. */
export function renderGuide(guide: Guide, markdown: string): string {
  const { html, sections } = renderMarkdown(markdown)
  const place = GUIDES.indexOf(guide)
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${guide.title} · Clipia</title>
    <meta name="description" content="${guide.about}">
    <link rel="icon" href="data:,">
    <link rel="alternate" type="text/markdown" href="/guides/${guide.name}.md">
    <link rel="stylesheet" href="/guides/guides.css">
    <link rel="stylesheet" href="/guides/article.css">
    <script src="/guides/guides.js" defer></script>
  </head>
  <body>
    <a class="skip" href="#guide">Skip to the guide</a>
    <header>
      <a class="brand" href="/">Clipia</a>
      <nav aria-label="Site">
        <a href="/guides/quickstart" aria-current="true">Guides</a>
        <a href="/docs">Reference</a>
        <a href="/playground">Playground</a>
      </nav>
    </header>
    <div class="columns">
      <details class="menu" open>
        <summary>All guides</summary>
        <nav aria-label="Guides">${GROUPS.map((group) => listGroup(group, guide)).join('')}</nav>
      </details>
      <main id="guide">
        <article>${html}</article>
        <footer>
          ${linkTo(GUIDES[place - 1], 'Previous')}
          ${linkTo(GUIDES[place + 1], 'Next')}
          <p><a href="/guides/${guide.name}.md">This page as Markdown</a></p>
        </footer>
      </main>
      <nav class="contents" aria-label="On this page">${listSections(sections)}</nav>
    </div>
  </body>
</html>
`
}

function listGroup(group: Guide['group'], current: Guide): string {
  const entries = GUIDES.filter((guide) => guide.group === group).map(
    (guide) =>
      `<li><a href="/guides/${guide.name}"${guide === current ? ' aria-current="page"' : ''}>${guide.title}</a></li>`,
  )
  return `<h2>${group}</h2><ul>${entries.join('')}</ul>`
}

function listSections(sections: readonly Section[]): string {
  if (sections.length < 2) return ''
  const entries = sections.map(({ anchor, title }) => `<li><a href="#${anchor}">${title}</a></li>`)
  return `<h2>On this page</h2><ul>${entries.join('')}</ul>`
}

function linkTo(guide: Guide | undefined, word: 'Previous' | 'Next'): string {
  if (guide === undefined) return ''
  return `<a class="${word.toLowerCase()}" href="/guides/${guide.name}"><span>${word}</span>${guide.title}</a>`
}

/** HTML of a guide: headings have anchors, links between guides lead to their pages, what is wide scrolls by itself. */
function renderMarkdown(markdown: string): { html: string; sections: Section[] } {
  const sections: Section[] = []
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const title = this.parser.parseInline(tokens)
        if (depth === 1) return `<h1>${title}</h1>\n`
        const anchor = text
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '')
        if (depth === 2) sections.push({ anchor, title })
        return `<h${depth} id="${anchor}"><a href="#${anchor}">${title}</a></h${depth}>\n`
      },
      link({ href, tokens }: Tokens.Link) {
        const target = GUIDES.find(({ file }) => file.endsWith(`/${href}`))
        return `<a href="${target ? `/guides/${target.name}` : href}">${this.parser.parseInline(tokens)}</a>`
      },
    },
    hooks: {
      postprocess: (html) =>
        html
          .replaceAll('<pre>', '<pre tabindex="0">')
          .replaceAll('<table>', '<div class="wide" tabindex="0"><table>')
          .replaceAll('</table>', '</table></div>'),
    },
  })
  return { html: marked.parse(markdown, { async: false }), sections }
}
