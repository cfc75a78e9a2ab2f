import type { ModelDetail } from '@clipia/contract'
import { Play } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { ApiError } from '../../shared/api/call.ts'
import { useMode } from '../../shared/api/use-mode.ts'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { Button } from '../../shared/ui/button.tsx'
import { errorText } from '../../shared/ui/error-text.ts'
import { Notice } from '../../shared/ui/notice.tsx'
import { CodePanel } from './code/code-panel.tsx'
import { type Draft, missingFields } from './form/draft.ts'
import { InputForm } from './form/input-form.tsx'
import { HistoryStrip } from './history/history-strip.tsx'
import { useEstimate } from './run/estimate.ts'
import { Price } from './run/price.tsx'
import { isTerminal, useCancel, useLiveStatus, useResult, useSubmit } from './run/run.ts'
import { RunView } from './run/run-view.tsx'

interface WorkbenchProps {
  model: ModelDetail
  draft: Draft
  onChange: (draft: Draft) => void
}

/** The form on one side, what it makes on the other. */
export function Workbench({ model, draft, onChange }: WorkbenchProps) {
  const i18n = useI18n()
  const { t } = i18n
  const [mode] = useMode()
  const [shown, setShown] = useState<{ id: string; begunAt: number } | null>(null)
  const stage = useRef<HTMLDivElement>(null)
  const shownId = shown?.id ?? null
  const [wasTried, setWasTried] = useState(false)
  const submit = useSubmit(mode, model.slug)
  const cancel = useCancel(mode)
  const status = useLiveStatus(mode, shownId)
  const result = useResult(mode, shownId, status !== null && isTerminal(status.status))

  const missing = missingFields(model, draft)
  const estimate = useEstimate(mode, model.slug, draft, missing.length === 0)
  // An untouched form is not called wrong yet.
  const isTouched = wasTried || Object.keys(draft).length > 0
  const error = submit.error ?? (isTouched ? estimate.error : null)
  const errorOf = (name: string) => {
    if (wasTried && missing.includes(name)) return t('playground.required')
    const isHere = error instanceof ApiError && error.param !== undefined && fieldOf(error.param) === name
    return isHere && !missing.includes(name) ? error.message : null
  }
  // Where the form stands above, what was begun is brought into sight.
  const show = (id: string) => {
    setShown({ id, begunAt: Date.now() })
    const top = stage.current?.getBoundingClientRect().top ?? 0
    if (top < 0 || top > window.innerHeight * 0.7) stage.current?.scrollIntoView({ block: 'start' })
  }
  const run = () => {
    setWasTried(true)
    if (missing.length > 0 || submit.isPending) return
    const quote = estimate.isCurrent ? estimate.data?.quote : undefined
    submit.mutate({ input: draft, quote }, { onSuccess: ({ request_id: id }) => show(id) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
  }
  const change = (next: Draft) => {
    submit.reset()
    onChange(next)
  }
  const open = (id: string, next: Draft) => {
    show(id)
    change(next)
  }
  const isAboutField =
    error instanceof ApiError && error.param !== undefined && fieldOf(error.param) in model.input_schema
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(20rem,27rem)_minmax(0,1fr)]">
      <form
        noValidate
        onKeyDown={onKeyDown}
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          run()
        }}
        className="grid min-w-0 rounded-2xl border border-line bg-surface shadow-xs"
      >
        <div className="grid gap-5 p-5">
          <InputForm model={model} draft={draft} onChange={change} errorOf={errorOf} />
          {error !== null && !isAboutField && <Notice kind="bad">{errorText(error, i18n)}</Notice>}
        </div>
        <div className="sticky bottom-0 flex items-center justify-between gap-4 rounded-b-2xl border-t border-line bg-surface/95 px-5 py-3.5 backdrop-blur">
          <Price estimate={estimate.data} isLoading={estimate.isFetching} isTest={mode === 'test'} />
          <Button
            type="submit"
            look="primary"
            isBusy={submit.isPending}
            title="Ctrl/⌘ + Enter"
            className="h-11 px-5 text-base"
          >
            <Play aria-hidden className="size-4" />
            {t('playground.run')}
          </Button>
        </div>
      </form>
      <div ref={stage} className="grid min-w-0 scroll-mt-4 grid-cols-[minmax(0,1fr)] gap-6">
        <RunView
          model={model}
          draft={draft}
          shown={shown}
          status={status}
          result={result.data}
          onCancel={() => shownId !== null && cancel.mutate(shownId)}
          isCanceling={cancel.isPending || cancel.isSuccess}
          cancelError={cancel.error}
        />
        <HistoryStrip mode={mode} model={model} shownId={shownId} onOpen={open} />
        <CodePanel slug={model.slug} input={draft} mode={mode} />
      </div>
    </div>
  )
}

/** The field an error's `param` is about: `input.image_urls.0` is about `image_urls`. */
function fieldOf(param: string): string {
  return param.replace(/^input\./, '').split(/[.[]/, 1)[0] ?? param
}
