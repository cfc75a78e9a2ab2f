import { useMemo, useState } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'
import { Segmented } from '../../../shared/ui/segmented.tsx'
import { highlight, type TokenKind } from './highlight.ts'
import { SNIPPETS, type SnippetName, type SnippetParts } from './snippets.ts'

const NAMES = Object.keys(SNIPPETS) as SnippetName[]
const LOOKS: Readonly<Record<TokenKind, string>> = {
  comment: 'text-ink-faint',
  text: 'text-good',
  keyword: 'text-accent',
  flag: 'text-warn',
  number: 'text-warn',
  plain: '',
}

/** Code for what is on screen, kept in step with it. */
export function CodePanel(parts: Omit<SnippetParts, 'origin'>) {
  const { t } = useI18n()
  const [name, setName] = useState<SnippetName>('curl')
  const code = SNIPPETS[name]({ ...parts, origin: window.location.origin })
  const tokens = useMemo(() => highlight(code), [code])
  let offset = 0
  return (
    <section
      aria-label={t('playground.code')}
      className="min-w-0 overflow-hidden rounded-2xl border border-line bg-surface"
    >
      <div className="flex flex-wrap items-center justify-between gap-2 border-b border-line p-2">
        <Segmented
          label={t('playground.code')}
          value={name}
          options={NAMES.map((value) => ({ value, label: value }))}
          onChange={setName}
        />
        <CopyButton text={code} />
      </div>
      <pre className="p-4 font-mono text-[13px] leading-relaxed wrap-anywhere whitespace-pre-wrap">
        <code>
          {tokens.map(({ kind, text }) => {
            const key = offset
            offset += text.length
            return kind === 'plain' ? (
              text
            ) : (
              <span key={key} className={LOOKS[kind]}>
                {text}
              </span>
            )
          })}
        </code>
      </pre>
    </section>
  )
}
