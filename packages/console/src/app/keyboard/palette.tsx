import { CornerDownLeft, Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useI18n } from '../../shared/i18n/i18n.tsx'
import { useModal } from '../../shared/ui/use-modal.ts'
import { findEntries } from './palette-entries.ts'
import { usePaletteEntries } from './use-palette-entries.ts'

interface PaletteProps {
  isOwner: boolean
  onHelp: () => void
  onClose: () => void
}

/** Goes anywhere by typing: pages, models, requests, switches. The arrows choose, Enter goes, Escape leaves. */
export function Palette({ isOwner, onHelp, onClose }: PaletteProps) {
  const { t } = useI18n()
  const dialog = useModal(onClose)
  const list = useRef<HTMLDivElement>(null)
  const listId = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = findEntries(usePaletteEntries({ text, isOwner, onHelp }), text)
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const go = (index: number) => {
    const entry = found[index]
    if (entry === undefined) return
    onClose()
    entry.run()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && found.length > 0) {
      event.preventDefault()
      setChosen((chosen + step + found.length) % found.length)
    }
    if (event.key === 'Enter') go(chosen)
  }
  return (
    <dialog
      ref={dialog}
      aria-label={t('palette.title')}
      className="mx-auto mt-[12dvh] w-[min(38rem,calc(100vw-2rem))] overflow-hidden rounded-2xl border border-line bg-surface p-0 text-ink shadow-2xl backdrop:bg-black/45"
    >
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
        <input
          role="combobox"
          aria-label={t('palette.title')}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found[chosen] && `${listId}-${chosen}`}
          placeholder={t('palette.hint')}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
          className="h-13 w-full bg-transparent text-base outline-none placeholder:text-ink-faint"
        />
      </div>
      {/* The choice is the input's: a list's own focus would take it from typing. */}
      <div
        ref={list}
        id={listId}
        role="listbox"
        aria-label={t('palette.title')}
        className="max-h-96 overflow-y-auto p-2"
      >
        {found.map((entry, index) => (
          <PaletteOption
            key={entry.id}
            id={`${listId}-${index}`}
            title={entry.title}
            note={entry.note}
            isChosen={index === chosen}
            onPoint={() => setChosen(index)}
            onPress={() => go(index)}
          />
        ))}
      </div>
      {found.length === 0 && (
        <p role="status" className="px-4 pb-6 text-center text-ink-soft">
          {t('palette.none')}
        </p>
      )}
    </dialog>
  )
}

interface PaletteOptionProps {
  id: string
  title: string
  note: string | undefined
  isChosen: boolean
  onPoint: () => void
  onPress: () => void
}

function PaletteOption({ id, title, note, isChosen, onPoint, onPress }: PaletteOptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      onPointerMove={onPoint}
      onPointerUp={onPress}
      className="flex h-10 cursor-pointer items-center gap-3 rounded-lg px-3 aria-selected:bg-accent-soft"
    >
      <span className="truncate">{title}</span>
      {note !== undefined && <span className="truncate font-mono text-xs text-ink-soft">{note}</span>}
      {isChosen && <CornerDownLeft aria-hidden className="ml-auto size-3.5 shrink-0 text-ink-faint" />}
    </div>
  )
}
