import type { ModelDetail } from '@clipia/contract'
import { Link2 } from 'lucide-react'
import { useState } from 'react'
import { useParams } from 'wouter'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Badge } from '../../shared/ui/badge.tsx'
import { CopyButton } from '../../shared/ui/copy-button.tsx'
import { Page } from '../../shared/ui/page.tsx'
import { QueryView, Skeleton } from '../../shared/ui/query-view.tsx'
import { type Draft, decodeDraft, encodeDraft } from './form/draft.ts'
import { useModel } from './models.ts'
import { Workbench } from './workbench.tsx'

/** One model: its form, its price, what it makes. */
export function ModelPage() {
  const { '*': slug = '' } = useParams<{ '*': string }>()
  const [mode] = useMode()
  const model = useModel(mode, slug)
  return (
    <QueryView query={model} skeleton={<Skeleton className="m-8 h-96" />}>
      {(data) => <ModelView key={`${mode} ${data.slug}`} model={data} />}
    </QueryView>
  )
}

function ModelView({ model }: { model: ModelDetail }) {
  const { t } = useI18n()
  const [draft, setDraft] = useState<Draft>(() => readPermalink() ?? {})
  const permalink = () => `${window.location.origin}/playground/${model.slug}#${encodeDraft(draft)}`
  return (
    <Page
      title={model.name}
      {...(model.description !== undefined && { lead: model.description })}
      actions={<CopyButton text={permalink()} label={t('playground.permalink')} icon={Link2} />}
    >
      <div className="-mt-3 flex flex-wrap gap-1.5">
        <Badge>{model.slug}</Badge>
        {model.capabilities.map((capability) => (
          <Badge key={capability}>{capability}</Badge>
        ))}
        {model.available === false && <Badge tone="warn">{t('playground.sandboxOnly')}</Badge>}
      </div>
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
