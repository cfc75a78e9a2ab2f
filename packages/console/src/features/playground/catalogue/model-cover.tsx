import type { ModelEntry } from '@clipia/contract'
import { type ReactNode, useId } from 'react'
import { drawRandom } from './draw-random.ts'

const WIDTH = 320
const HEIGHT = 128
/** Hues that stay calm side by side. */
const HUES = [200, 220, 240, 258, 276, 300, 325, 345, 8, 24, 166, 186]

/** What a cover is drawn from. */
type Covered = Pick<ModelEntry, 'slug' | 'type' | 'capabilities'>

/** What a motif is drawn with. */
interface Brush {
  random: () => number
  /** A color of this cover, from 0 (deep) to 1 (bright). */
  color: (depth: number) => string
}

/**
 * The drawn cover of a model: always the same for its slug, and by its motif one sees what it makes. Catalogues have no
 * pictures, and none may be fetched from elsewhere.
 */
export function ModelCover({ model, className = '' }: { model: Covered; className?: string }) {
  const id = useId()
  const random = drawRandom(model.slug)
  const hue = HUES[Math.floor(random() * HUES.length)] ?? 240
  const turn = (random() < 0.5 ? -1 : 1) * (14 + random() * 18)
  const color = (depth: number) => `hsl(${(hue + turn * depth + 360) % 360} ${58 + 20 * depth}% ${25 + 49 * depth}%)`
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="xMidYMid slice"
      className={className}
    >
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor={color(0)} />
          <stop offset="1" stopColor={color(0.55)} />
        </linearGradient>
      </defs>
      <rect width={WIDTH} height={HEIGHT} fill={`url(#${id})`} />
      {motifOf(model)({ random, color })}
    </svg>
  )
}

function motifOf({ type, capabilities }: Covered): (brush: Brush) => ReactNode {
  const can = (word: string) => capabilities.some((capability) => capability.includes(word))
  if (type === 'video') return drawFrames
  if (type === 'audio') return can('speech') ? drawVoice : drawWaves
  if (can('upscal')) return drawDots
  return can('background') ? drawCutout : drawHills
}

/** A landscape: pictures. */
function drawHills({ random, color }: Brush): ReactNode {
  const sun = { x: 60 + random() * 200, y: 26 + random() * 26, radius: 13 + random() * 13 }
  const hills = [0.7, 0.45, 0.2].map((depth, layer) => {
    const base = 62 + layer * 22
    const swing = 20 - layer * 4
    const phase = random() * 6
    const points = Array.from({ length: 81 }, (_, step) => {
      const x = step * 4
      return `${x},${(base + swing * Math.sin(phase + x * (0.021 + layer * 0.006))).toFixed(1)}`
    })
    return <polygon key={depth} points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`} fill={color(depth)} />
  })
  return (
    <>
      <circle cx={sun.x} cy={sun.y} r={sun.radius} fill={color(1)} />
      {hills}
    </>
  )
}

/** Frames that follow each other: films. */
function drawFrames({ random, color }: Brush): ReactNode {
  const lean = random() < 0.5 ? -1 : 1
  const lift = 8 + random() * 14
  return [0, 1, 2, 3, 4].map((step) => {
    const x = WIDTH / 2 + lean * (step - 2) * 40 - 36
    return (
      <rect
        key={step}
        x={x}
        y={32 + (2 - step) * (lift / 2)}
        width={72}
        height={62}
        rx={9}
        fill={color(0.2 + step * 0.2)}
        fillOpacity={0.28 + step * 0.16}
        stroke={color(1)}
        strokeOpacity={0.35}
        transform={`rotate(${lean * (step - 2) * 5} ${x + 36} 63)`}
      />
    )
  })
}

/** Bars of loudness: music and sounds. */
function drawWaves({ random, color }: Brush): ReactNode {
  const beat = 2 + random() * 3
  return Array.from({ length: 38 }, (_, bar) => {
    const envelope = 0.25 + 0.75 * Math.abs(Math.sin((bar / 38) * Math.PI * beat))
    const height = 6 + 84 * envelope * (0.45 + random() * 0.55)
    const x = 9 + bar * 8
    return <rect key={x} x={x} y={(HEIGHT - height) / 2} width={4.5} height={height} rx={2.2} fill={color(bar / 38)} />
  })
}

/** Rings from a mouth: voices. */
function drawVoice({ random, color }: Brush): ReactNode {
  const x = 70 + random() * 180
  return [6, 5, 4, 3, 2, 1].map((ring) => (
    <circle
      key={ring}
      cx={x}
      cy={HEIGHT / 2}
      r={ring * (17 + ring)}
      fill={color(1 - ring / 7)}
      fillOpacity={0.5}
      stroke={color(1)}
      strokeOpacity={0.25}
    />
  ))
}

/** Dots that grow finer: larger pictures. */
function drawDots({ color }: Brush): ReactNode {
  return Array.from({ length: 16 * 7 }, (_, index) => {
    const column = index % 16
    const row = Math.floor(index / 16)
    const radius = 1.5 + (column / 15) * 7.5
    return (
      <circle key={`${column} ${row}`} cx={10 + column * 20} cy={4 + row * 20} r={radius} fill={color(column / 15)} />
    )
  })
}

/** A shape on the pattern that stands for nothing: what is left without its background. */
function drawCutout({ random, color }: Brush): ReactNode {
  const squares = Array.from({ length: 20 * 8 }, (_, index) => ({ x: index % 20, y: Math.floor(index / 20) }))
  return (
    <>
      {squares.map(({ x, y }) =>
        (x + y) % 2 === 0 ? (
          <rect key={`${x} ${y}`} x={x * 16} y={y * 16} width={16} height={16} fill={color(1)} fillOpacity={0.13} />
        ) : null,
      )}
      <ellipse cx={WIDTH / 2} cy={52} rx={23 + random() * 5} ry={26} fill={color(1)} />
      <ellipse cx={WIDTH / 2} cy={HEIGHT + 12} rx={62} ry={46} fill={color(0.8)} />
    </>
  )
}
