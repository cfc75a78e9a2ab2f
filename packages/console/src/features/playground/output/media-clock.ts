import { type RefObject, useEffect, useState } from 'react'

/** Where the playing of a film or a sound stands. Times in seconds. */
export interface MediaState {
  time: number
  duration: number
  isPlaying: boolean
}

/** Follows a media element; while it plays, once a frame of the screen, so that a scrubber moves smoothly. */
export function useMediaClock(element: RefObject<HTMLMediaElement | null>, duration: number): MediaState {
  const [state, setState] = useState<MediaState>({ time: 0, duration, isPlaying: false })
  useEffect(() => {
    const media = element.current
    if (media === null) return
    let frame = 0
    const read = () => {
      const length = Number.isFinite(media.duration) ? media.duration : duration
      setState({ time: media.currentTime, duration: length, isPlaying: !media.paused })
    }
    const follow = () => {
      read()
      if (!media.paused) frame = requestAnimationFrame(follow)
    }
    const begin = () => {
      cancelAnimationFrame(frame)
      follow()
    }
    const events = ['play', 'pause', 'seeked', 'seeking', 'loadedmetadata', 'ended'] as const
    for (const name of events) media.addEventListener(name, begin)
    begin()
    return () => {
      cancelAnimationFrame(frame)
      for (const name of events) media.removeEventListener(name, begin)
    }
  }, [element, duration])
  return state
}

/** Begins or holds. Browsers may refuse to begin without a press; then it stays held. */
export function togglePlay(media: HTMLMediaElement | null): void {
  if (media === null) return
  if (media.paused) void media.play().catch(() => undefined)
  else media.pause()
}

/** Seconds as people read them: `1:05`, and with tenths where one looks closely. */
export function clockText(seconds: number, hasTenths = false): string {
  const whole = Math.floor(seconds)
  const text = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
  return hasTenths ? `${text}.${Math.floor((seconds - whole) * 10)}` : text
}
