import { useState } from 'react'
import { Link } from 'wouter'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { Section } from '../../shared/ui/section.tsx'
import { Segmented } from '../../shared/ui/segmented.tsx'
import { CONFIGURATIONS } from './configurations.ts'

type Client = keyof typeof CONFIGURATIONS
const CLIENTS = Object.keys(CONFIGURATIONS) as Client[]
const LINK = 'justify-self-start font-medium text-accent underline'

/** How agents are given this server: a key of their own, and what to paste where. */
export function AgentsPage() {
  const { t } = useI18n()
  const [client, setClient] = useState<Client>('claude')
  const { file, write } = CONFIGURATIONS[client]
  const { origin } = window.location
  return (
    <Page title={t('nav.agents')} lead={t('agents.lead')}>
      <Section title={t('agents.key')}>
        <p className="max-w-3xl text-ink-soft">{t('agents.keyHint')}</p>
        <Link href="/keys" className={LINK}>
          {t('agents.toKeys')}
        </Link>
        <Snippet label={t('agents.environment')} text="export CLIPIA_KEY=clipia_test_..." />
      </Section>
      <Section title={t('agents.paste')}>
        <div className="max-w-full min-w-0 justify-self-start">
          <Segmented
            label={t('agents.client')}
            value={client}
            options={CLIENTS.map((value) => ({ value, label: CONFIGURATIONS[value].name }))}
            onChange={setClient}
          />
        </div>
        {client === 'stdio' && <p className="max-w-3xl text-ink-soft">{t('agents.stdioHint')}</p>}
        <Snippet label={file ?? t(client === 'stdio' ? 'agents.anyFile' : 'agents.terminal')} text={write(origin)} />
      </Section>
      <Section title={t('agents.try')}>
        <p className="max-w-3xl text-ink-soft">{t('agents.tryHint')}</p>
        <Snippet label={t('agents.say')} text={t('agents.prompt')} />
        <a href="/guides/agents" className={LINK}>
          {t('agents.guide')}
        </a>
      </Section>
    </Page>
  )
}

/** Text to take away, under where it goes. */
function Snippet({ label, text }: { label: string; text: string }) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-xl border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-1.5 pr-1.5 pl-3 text-xs text-ink-soft">
        <span className="min-w-0 truncate">{label}</span>
        <CopyButton text={text} />
      </figcaption>
      <pre className="p-3 font-mono text-[13px] leading-relaxed wrap-anywhere whitespace-pre-wrap">
        <code>{text}</code>
      </pre>
    </figure>
  )
}
