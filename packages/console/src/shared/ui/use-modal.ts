import { type RefObject, useEffect, useRef } from 'react'

/**
 * Opens the browser's own dialog over the page for as long as it is drawn. `onClose` is called on Escape and, unless it is
 * sticky, on a press beside it.
 */
export function useModal(onClose: () => void, { isSticky = false } = {}): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  useEffect(() => {
    const element = dialog.current
    const press = ({ target }: MouseEvent) => target === element && !isSticky && onClose()
    const cancel = (event: Event) => {
      event.preventDefault()
      onClose()
    }
    element?.addEventListener('click', press)
    element?.addEventListener('cancel', cancel)
    return () => {
      element?.removeEventListener('click', press)
      element?.removeEventListener('cancel', cancel)
    }
  }, [isSticky, onClose])
  return dialog
}
