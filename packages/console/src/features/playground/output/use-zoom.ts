import { type RefObject, useCallback, useEffect, useState } from 'react'
import { fitScale, keepInFrame, type Size, type View, zoomTo } from './zoom.ts'

/** How far an arrow key moves the picture, in screen pixels. */
const STEP = 80
const FACTOR = 1.25

/** How a picture is looked at. `view` is null until the frame was measured. */
export interface Zoom {
  view: View | null
  isFit: boolean
  fit: () => void
  setScale: (scale: number) => void
  zoomBy: (factor: number) => void
  /** Does what a key means; false for one that means nothing here. */
  press: (key: string) => boolean
}

/** Zooms and moves a picture in a frame by wheel, pinch, drag, double click and keys. */
export function useZoom(frame: RefObject<HTMLElement | null>, { width, height }: Size): Zoom {
  const [view, setView] = useState<View | null>(null)
  const measure = useCallback((): Size => {
    const box = frame.current
    return { width: box?.clientWidth || 1, height: box?.clientHeight || 1 }
  }, [frame])
  const fit = useCallback(
    () => setView({ scale: fitScale({ width, height }, measure()), x: 0, y: 0 }),
    [width, height, measure],
  )
  const zoomAt = useCallback(
    (wanted: (scale: number) => number, point = { x: 0, y: 0 }) =>
      setView((before) => {
        const from = before ?? { scale: 1, x: 0, y: 0 }
        return zoomTo(from, wanted(from.scale), { picture: { width, height }, frame: measure(), point })
      }),
    [width, height, measure],
  )
  const move = useCallback(
    (x: number, y: number) =>
      setView(
        (before) =>
          before && keepInFrame({ ...before, x: before.x + x, y: before.y + y }, { width, height }, measure()),
      ),
    [width, height, measure],
  )
  useEffect(() => {
    window.addEventListener('resize', fit)
    return () => window.removeEventListener('resize', fit)
  }, [fit])
  useEffect(
    () => (frame.current === null ? undefined : followHands(frame.current, { zoomAt, move })),
    [frame, zoomAt, move],
  )

  const actions = new Map<string, () => void>([
    ['+', () => zoomAt((scale) => scale * FACTOR)],
    ['=', () => zoomAt((scale) => scale * FACTOR)],
    ['-', () => zoomAt((scale) => scale / FACTOR)],
    ['0', fit],
    ['1', () => zoomAt(() => 1)],
    ['ArrowLeft', () => move(STEP, 0)],
    ['ArrowRight', () => move(-STEP, 0)],
    ['ArrowUp', () => move(0, STEP)],
    ['ArrowDown', () => move(0, -STEP)],
  ])
  return {
    view,
    isFit: view !== null && view.scale <= fitScale({ width, height }, measure()) + 0.001,
    fit,
    setScale: (scale) => zoomAt(() => scale),
    zoomBy: (factor) => zoomAt((scale) => scale * factor),
    press: (key) => {
      actions.get(key)?.()
      return actions.has(key)
    },
  }
}

interface Hands {
  zoomAt: (wanted: (scale: number) => number, point: { x: number; y: number }) => void
  move: (x: number, y: number) => void
}

/** Listens to wheel, drag and pinch on an element; answers how to stop. React's own wheel listener cannot hold the page. */
function followHands(element: HTMLElement, { zoomAt, move }: Hands): () => void {
  const touches = new Map<number, { x: number; y: number }>()
  const stop = new AbortController()
  const fromMiddle = ({ clientX, clientY }: MouseEvent) => {
    const box = element.getBoundingClientRect()
    return { x: clientX - box.x - box.width / 2, y: clientY - box.y - box.height / 2 }
  }
  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    zoomAt((scale) => scale * Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), fromMiddle(event))
  }
  const onMove = (event: PointerEvent) => {
    const before = touches.get(event.pointerId)
    if (before === undefined) return
    const now = fromMiddle(event)
    touches.set(event.pointerId, now)
    const other = [...touches].find(([id]) => id !== event.pointerId)?.[1]
    if (other === undefined) {
      move(now.x - before.x, now.y - before.y)
      return
    }
    const spread = (point: typeof now) => Math.hypot(point.x - other.x, point.y - other.y) || 1
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
    zoomAt((scale) => (scale * spread(now)) / spread(before), middle)
  }
  const onDown = (event: PointerEvent) => {
    element.setPointerCapture(event.pointerId)
    touches.set(event.pointerId, fromMiddle(event))
  }
  const onUp = ({ pointerId }: PointerEvent) => touches.delete(pointerId)
  const { signal } = stop
  element.addEventListener('wheel', onWheel, { passive: false, signal })
  element.addEventListener('pointerdown', onDown, { signal })
  element.addEventListener('pointermove', onMove, { signal })
  element.addEventListener('pointerup', onUp, { signal })
  element.addEventListener('pointercancel', onUp, { signal })
  element.addEventListener('dblclick', (event) => zoomAt((scale) => (scale < 1 ? 1 : 0), fromMiddle(event)), { signal })
  return () => stop.abort()
}
