import { X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useI18n } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'
import { useModal } from './use-modal.ts'

interface DialogProps {
  title: string
  /** Called when it is closed, by Escape too. */
  onClose: () => void
  /** Keeps a click beside it from closing it, where something would be lost. */
  isSticky?: boolean
  children: ReactNode
}

/** A dialog over the page: the browser's own, which keeps the focus inside and closes on Escape. */
export function Dialog({ title, onClose, isSticky = false, children }: DialogProps) {
  const { t } = useI18n()
  const dialog = useModal(onClose, { isSticky })
  const titleId = useId()
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      className="m-auto w-[min(34rem,calc(100vw-2rem))] rounded-2xl border border-line bg-surface p-0 text-ink shadow-xl backdrop:bg-black/45"
    >
      <div className="grid gap-5 p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={titleId} className="text-lg font-semibold tracking-tight">
            {title}
          </h2>
          <Button look="quiet" aria-label={t('app.close')} onClick={onClose} className="-mt-1 -mr-2">
            <X aria-hidden className="size-4" />
          </Button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
