import { ChevronLeft, ChevronRight, Maximize, Pause, Play, Repeat, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useI18n } from '../../../shared/i18n/i18n.tsx'
import { clockText, togglePlay, useMediaClock } from './media-clock.ts'
import { ToolButton } from './tool-button.tsx'

/** How far one step goes, in seconds: a frame of most films. Containers do not tell browsers their own. */
const FRAME_SECONDS = 1 / 24
const SPEEDS = [0.25, 0.5, 1, 2] as const

interface VideoPlayerProps {
  url: string
  width: number
  height: number
  duration: number
  label: string
}

/** A film that loops: scrubbed by the slider, stepped through a frame at a time, slowed down. */
export function VideoPlayer({ url, width, height, duration: told, label }: VideoPlayerProps) {
  const { t, number } = useI18n()
  const video = useRef<HTMLVideoElement>(null)
  const { time, duration, isPlaying } = useMediaClock(video, told)
  const [isMuted, setIsMuted] = useState(true)
  const [isLooping, setIsLooping] = useState(true)
  const [speed, setSpeed] = useState<number>(1)
  // A press on the picture does what the button does.
  useEffect(() => {
    const element = video.current
    const toggle = () => togglePlay(element)
    element?.addEventListener('click', toggle)
    return () => element?.removeEventListener('click', toggle)
  }, [])
  const seek = (seconds: number) => {
    const element = video.current
    if (element === null) return
    element.pause()
    element.currentTime = Math.min(duration, Math.max(0, seconds))
  }
  const changeSpeed = (next: number) => {
    setSpeed(next)
    if (video.current !== null) video.current.playbackRate = next
  }
  return (
    <section aria-label={label} className="overflow-hidden rounded-2xl bg-black text-white">
      <video
        ref={video}
        src={url}
        autoPlay={!window.matchMedia('(prefers-reduced-motion: reduce)').matches}
        loop={isLooping}
        muted={isMuted}
        playsInline
        className="mx-auto max-h-[65dvh] w-full cursor-pointer"
        style={{ aspectRatio: `${width} / ${height}` }}
      >
        <track kind="captions" />
      </video>
      <div className="grid gap-1 bg-[#15151c] px-3 pt-2.5 pb-2">
        <input
          type="range"
          aria-label={t('output.position')}
          aria-valuetext={clockText(time, true)}
          min={0}
          max={duration}
          step={FRAME_SECONDS}
          value={time}
          onChange={({ target }) => seek(Number(target.value))}
          className="h-4 w-full cursor-pointer accent-[#a59cff]"
        />
        <div className="flex flex-wrap items-center gap-0.5">
          <ToolButton
            label={isPlaying ? t('output.pause') : t('output.play')}
            onPress={() => togglePlay(video.current)}
          >
            {isPlaying ? <Pause aria-hidden className="size-4" /> : <Play aria-hidden className="size-4" />}
          </ToolButton>
          <ToolButton label={t('output.frameBack')} onPress={() => seek(time - FRAME_SECONDS)}>
            <ChevronLeft aria-hidden className="size-4" />
          </ToolButton>
          <ToolButton label={t('output.frameOn')} onPress={() => seek(time + FRAME_SECONDS)}>
            <ChevronRight aria-hidden className="size-4" />
          </ToolButton>
          <span className="px-1.5 text-xs text-white/80 tabular-nums">
            {clockText(time, true)} / {clockText(duration, true)}
          </span>
          <span className="grow" />
          <select
            aria-label={t('output.speed')}
            value={speed}
            onChange={({ target }) => changeSpeed(Number(target.value))}
            className="h-8 rounded-md bg-transparent px-1 text-xs hover:bg-white/15 [&>option]:text-black"
          >
            {SPEEDS.map((option) => (
              <option key={option} value={option}>
                {number(option)}×
              </option>
            ))}
          </select>
          <ToolButton label={t('output.loop')} isPressed={isLooping} onPress={() => setIsLooping(!isLooping)}>
            <Repeat aria-hidden className="size-4" />
          </ToolButton>
          <ToolButton label={t('output.sound')} isPressed={!isMuted} onPress={() => setIsMuted(!isMuted)}>
            {isMuted ? <VolumeX aria-hidden className="size-4" /> : <Volume2 aria-hidden className="size-4" />}
          </ToolButton>
          <ToolButton label={t('output.fullscreen')} onPress={() => void video.current?.requestFullscreen()}>
            <Maximize aria-hidden className="size-4" />
          </ToolButton>
        </div>
      </div>
    </section>
  )
}
