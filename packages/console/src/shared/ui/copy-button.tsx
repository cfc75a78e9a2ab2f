import { Check, Copy, type LucideIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useI18n } from '../i18n/i18n.tsx'
import { Button } from './button.tsx'

const SHOWN_MS = 1_500

interface CopyButtonProps {
  text: string
  /** Default: Copy. */
  label?: string
  icon?: LucideIcon
  /** Shows only its icon, to stand in a line of text. */
  isSmall?: boolean
}

/** Puts a text on the clipboard, and says so for a moment. */
export function CopyButton({ text, label, icon = Copy, isSmall = false }: CopyButtonProps) {
  const { t } = useI18n()
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const Icon = isCopied ? Check : icon
  const copy = () => void navigator.clipboard.writeText(text).then(() => setIsCopied(true))
  const words = isCopied ? t('app.copied') : (label ?? t('app.copy'))
  if (isSmall) {
    return (
      <button
        type="button"
        title={words}
        onClick={copy}
        className="-my-1 grid size-6 place-items-center rounded-md text-ink-faint hover:bg-sunken hover:text-ink"
      >
        <Icon aria-hidden className="size-3.5" />
        <span aria-live="polite" className="sr-only">
          {words}
        </span>
      </button>
    )
  }
  return (
    <Button onClick={copy}>
      <Icon aria-hidden className="size-4" />
      <span aria-live="polite">{words}</span>
    </Button>
  )
}
