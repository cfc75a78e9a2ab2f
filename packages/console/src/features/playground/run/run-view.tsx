import type { ModelDetail, Result, StatusAnswer } from '@clipia/contract'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { errorText } from '../../../shared/ui/error-text.ts'
import { Keys } from '../../../shared/ui/keys.tsx'
import { Notice } from '../../../shared/ui/notice.tsx'
import type { Draft } from '../form/draft.ts'
import { typeIconOf } from '../type-icon.ts'
import { ProgressView } from './progress-view.tsx'
import { ResultView } from './result-view.tsx'
import { Stage } from './stage.tsx'

interface RunViewProps {
  model: ModelDetail
  draft: Draft
  /** What is looked at, and since when, in epoch milliseconds. */
  shown: { id: string; begunAt: number } | null
  status: StatusAnswer | null
  result: Result | undefined
  onCancel: () => void
  isCanceling: boolean
  cancelError: Error | null
}

/** The run that is looked at: nothing yet, under way, or over. */
export function RunView({ model, draft, shown, status, result, onCancel, isCanceling, cancelError }: RunViewProps) {
  const i18n = useI18n()
  const Icon = typeIconOf(model.type)
  if (shown === null) {
    return (
      <Stage>
        <div className="grid justify-items-center gap-3 text-ink-soft">
          <span className="grid size-14 place-items-center rounded-2xl border border-line bg-surface text-ink-faint shadow-xs">
            <Icon aria-hidden className="size-6" />
          </span>
          <p className="max-w-sm text-pretty">{i18n.t('playground.nothingYet', { name: model.name })}</p>
          <p className="flex flex-wrap items-center justify-center gap-1.5 text-xs text-ink-faint">
            <Keys keys={['Ctrl/⌘', 'Enter']} /> {i18n.t('playground.runsIt')}
          </p>
        </div>
      </Stage>
    )
  }
  if (result !== undefined) {
    return <ResultView result={result} alt={typeof draft.prompt === 'string' ? draft.prompt : model.name} />
  }
  return (
    <>
      {cancelError !== null && <Notice kind="bad">{errorText(cancelError, i18n)}</Notice>}
      <ProgressView
        status={status}
        begunAt={shown.begunAt}
        ratio={ratioOf(draft, model)}
        onCancel={onCancel}
        isCanceling={isCanceling && cancelError === null}
      />
    </>
  )
}

/** The ratio that the input asks for, or takes by default; null where the model has none. */
function ratioOf(draft: Draft, { input_schema: schema }: ModelDetail): string | null {
  const ratio = draft.aspect_ratio ?? schema.aspect_ratio?.default
  return typeof ratio === 'string' && /^\d+:\d+$/.test(ratio) ? ratio : null
}
