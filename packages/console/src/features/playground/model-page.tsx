import type { ModelDetail } from '@clipia/contract'
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'wouter'
import { ApiError } from '../../shared/api/call.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Empty } from '../../shared/ui/empty.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { type Draft, decodeDraft, encodeDraft } from './form/draft.ts'
import { useModel } from './models.ts'
import { Workbench } from './workbench.tsx'

const BACK = { href: '/playground', label: 'nav.playground' } as const

/** One model: its form, its price, what it makes. */
export function ModelPage() {
  const { '*': slug = '' } = useParams<{ '*': string }>()
  const { t } = useI18n()
  const [mode] = useMode()
  const model = useModel(mode, slug)
  if (model.data !== undefined) return <ModelView key={`${mode} ${model.data.slug}`} model={model.data} />
  return (
    <Page title={slug} back={{ ...BACK, label: t(BACK.label) }} isWide>
      {model.error instanceof ApiError && model.error.status === 404 ? (
        <NoModel />
      ) : (
        <QueryView query={model} skeleton={<WorkbenchSkeleton />}>
          {() => null}
        </QueryView>
      )}
    </Page>
  )
}

/** Most often the model is there, but its engine has no credential here: test mode shows it. */
function NoModel() {
  const { t } = useI18n()
  const [mode, setMode] = useMode()
  const action = mode === 'live' && (
    <Button look="primary" onClick={() => setMode('test')}>
      {t('playground.tryTest')}
    </Button>
  )
  return <Empty title={t('playground.noModel')} hint={t('playground.noModelHint')} action={action} />
}

function WorkbenchSkeleton() {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(20rem,27rem)_minmax(0,1fr)]">
      <Skeleton className="h-128 rounded-2xl" />
      <Skeleton className="aspect-video max-h-[65dvh] w-full rounded-2xl" />
    </div>
  )
}

function ModelView({ model }: { model: ModelDetail }) {
  const { t } = useI18n()
  const [draft, setDraft] = useState<Draft>(() => readPermalink() ?? {})
  const permalink = `${window.location.origin}/playground/${model.slug}#${encodeDraft(draft)}`
  return (
    <Page
      title={model.name}
      back={{ ...BACK, label: t(BACK.label) }}
      isWide
      lead={
        <>
          {model.description}
          <span className="mt-2.5 flex flex-wrap gap-1.5">
            <Badge>{model.slug}</Badge>
            {model.capabilities.map((capability) => (
              <Badge key={capability} tone="accent">
                {capability}
              </Badge>
            ))}
            {model.available === false && <Badge tone="warn">{t('playground.sandboxOnly')}</Badge>}
          </span>
        </>
      }
      actions={<CopyButton text={permalink} label={t('playground.permalink')} icon={Link2} />}
    >
      <Workbench model={model} draft={draft} onChange={setDraft} />
    </Page>
  )
}

/** The inputs that came with the address, once: from then on the form has them. */
function readPermalink(): Draft | null {
  const text = window.location.hash.slice(1)
  if (text === '') return null
  window.history.replaceState(null, '', window.location.pathname)
  return decodeDraft(text)
}
