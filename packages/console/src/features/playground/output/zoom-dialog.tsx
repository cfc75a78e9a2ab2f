import { Download, Maximize, Minus, Plus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { useModal } from '../../../shared/ui/use-modal.ts'
import { ToolButton } from './tool-button.tsx'
import { useZoom } from './use-zoom.ts'
import type { Size } from './zoom.ts'

interface ZoomDialogProps extends Size {
  url: string
  alt: string
  onClose: () => void
}

/** A picture over the whole window: fit, 100 %, wheel, pinch, drag and keys; Escape goes back. */
export function ZoomDialog({ url, alt, width, height, onClose }: ZoomDialogProps) {
  const { t, number } = useI18n()
  const dialog = useModal(onClose, { isSticky: true })
  const frame = useRef<HTMLDivElement>(null)
  const zoom = useZoom(frame, { width, height })
  const { view, isFit, fit } = zoom
  // After the dialog is open: the frame has no size before.
  useEffect(fit, [fit])
  return (
    <dialog
      ref={dialog}
      aria-label={t('output.zoom')}
      onKeyDown={(event) => {
        if (!event.ctrlKey && !event.metaKey && zoom.press(event.key)) event.preventDefault()
      }}
      className="fixed inset-0 m-0 h-dvh max-h-none w-dvw max-w-none overflow-hidden bg-black/95 p-0 text-white backdrop:bg-black"
    >
      <div
        ref={frame}
        className={`absolute inset-0 touch-none overflow-hidden outline-none ${isFit ? 'cursor-zoom-in' : 'cursor-grab active:cursor-grabbing'}`}
      >
        {view !== null && (
          <img
            src={url}
            alt={alt}
            draggable={false}
            className="absolute top-1/2 left-1/2 max-w-none select-none"
            style={{
              width: width * view.scale,
              height: height * view.scale,
              transform: `translate(calc(-50% + ${view.x}px), calc(-50% + ${view.y}px))`,
              imageRendering: view.scale >= 4 ? 'pixelated' : 'auto',
            }}
          />
        )}
      </div>
      <div className="absolute inset-x-0 top-0 flex items-center justify-between p-3">
        <span className="rounded-lg bg-black/60 px-2.5 py-1 text-xs tabular-nums">
          {width} × {height}
        </span>
        <ToolButton label={t('app.close')} onPress={onClose}>
          <X aria-hidden className="size-5" />
        </ToolButton>
      </div>
      <div className="absolute bottom-4 left-1/2 flex -translate-x-1/2 items-center gap-1 rounded-xl bg-black/70 p-1 ring-1 ring-white/15">
        <ToolButton label={t('output.zoomOut')} onPress={() => zoom.zoomBy(0.8)}>
          <Minus aria-hidden className="size-4" />
        </ToolButton>
        <span className="w-14 text-center text-xs tabular-nums" aria-live="polite">
          {number(view?.scale ?? 1, { style: 'percent' })}
        </span>
        <ToolButton label={t('output.zoomIn')} onPress={() => zoom.zoomBy(1.25)}>
          <Plus aria-hidden className="size-4" />
        </ToolButton>
        <ToolButton label={t('output.fit')} isPressed={isFit} onPress={fit}>
          <Maximize aria-hidden className="size-4" />
        </ToolButton>
        <ToolButton label={t('output.actual')} isPressed={view?.scale === 1} onPress={() => zoom.setScale(1)}>
          <span className="px-1 text-xs font-medium">1:1</span>
        </ToolButton>
        <a
          href={url}
          download
          aria-label={t('output.download')}
          title={t('output.download')}
          className="grid size-9 place-items-center rounded-lg hover:bg-white/15"
        >
          <Download aria-hidden className="size-4" />
        </a>
      </div>
    </dialog>
  )
}
