import { useState } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { CopyButton } from '../../../shared/ui/copy-button.tsx'
import { Segmented } from '../../../shared/ui/segmented.tsx'
import { SNIPPETS, type SnippetName, type SnippetParts } from './snippets.ts'

const NAMES = Object.keys(SNIPPETS) as SnippetName[]

/** Code for what is on screen, kept in step with it. */
export function CodePanel(parts: Omit<SnippetParts, 'origin'>) {
  const { t } = useI18n()
  const [name, setName] = useState<SnippetName>('curl')
  const code = SNIPPETS[name]({ ...parts, origin: window.location.origin })
  return (
    <section aria-label={t('playground.code')} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented
          label={t('playground.code')}
          value={name}
          options={NAMES.map((value) => ({ value, label: value }))}
          onChange={setName}
        />
        <CopyButton text={code} />
      </div>
      <pre className="rounded-xl border border-line bg-sunken p-4 font-mono text-[13px] leading-relaxed wrap-anywhere whitespace-pre-wrap">
        <code>{code}</code>
      </pre>
    </section>
  )
}
