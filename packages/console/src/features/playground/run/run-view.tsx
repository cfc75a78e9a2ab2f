import type { ModelDetail, Result, StatusAnswer } from '@clipia/contract'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { errorText } from '../../../shared/ui/error-text.ts'
import { Notice } from '../../../shared/ui/notice.tsx'
import { ProgressView } from './progress-view.tsx'
import { ResultView } from './result-view.tsx'

interface RunViewProps {
  model: ModelDetail
  alt: string
  /** What is looked at, and since when, in epoch milliseconds. */
  shown: { id: string; begunAt: number } | null
  status: StatusAnswer | null
  result: Result | undefined
  onCancel: () => void
  isCanceling: boolean
  cancelError: Error | null
}

/** The run that is looked at: nothing yet, under way, or over. */
export function RunView({ model, alt, shown, status, result, onCancel, isCanceling, cancelError }: RunViewProps) {
  const i18n = useI18n()
  if (shown === null) {
    return (
      <div className="grid aspect-video w-full place-items-center rounded-2xl border border-dashed border-line-strong p-6 text-center text-ink-soft">
        {i18n.t('playground.nothingYet', { name: model.name })}
      </div>
    )
  }
  if (result !== undefined) return <ResultView result={result} alt={alt} />
  return (
    <>
      {cancelError !== null && <Notice kind="bad">{errorText(cancelError, i18n)}</Notice>}
      <ProgressView
        status={status}
        begunAt={shown.begunAt}
        onCancel={onCancel}
        isCanceling={isCanceling && cancelError === null}
      />
    </>
  )
}
