import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Hex } from './color.ts'
import type { Guide } from './guide.ts'
import type { Mood } from './prompt-words.ts'
import type { Random } from './random.ts'

/** What a style composes for: a rectangle from 0,0 to width,height, in units of which the picture's short side has 1000. */
export interface Stage {
  width: number
  height: number
  /** Pixels a unit; only for details that must be a pixel wide, never for the composition. */
  scale: number
  random: Random
  palette: Palette
  /** The picture to be redrawn in this style; null when the style invents its own. */
  guide: Guide | null
}

/** A set of colours that were chosen together. */
export interface Palette {
  /** The ground: paper of a framed picture, darkest tone of a full one. */
  paper: Hex
  /** The colour of text on the paper. */
  ink: Hex
  /** The colours of the drawing; what the order means is the style's business. */
  colors: readonly Hex[]
  /** What it feels like; a prompt that names one of these gets it rather than another. */
  moods: readonly Mood[]
}

/** A point of the time of a moving drawing, which comes back to its beginning after each turn. */
export interface Moment {
  /** From 0 to 1; at 1 everything is as it was at 0. */
  turn: number
  /** How long a turn lasts, in seconds: what moves goes farther in a long one instead of faster in a short one. */
  seconds: number
}

/** A composed drawing; painting it again, at another moment or at another size, never changes the composition. */
export interface Painting {
  /** Covers the whole stage. Without a moment it is the still picture. */
  paint(context: SKRSContext2D, moment: Moment | null): void
}

/** A way to draw: the same random stream, palette and guide give the same picture at any resolution. */
export interface Style {
  /** `framed`: on paper with the caption beside it. `full`: to the edges, with the caption on the picture. */
  layout: 'framed' | 'full'
  palettes: readonly Palette[]
  /** How strong the film grain over the picture is, 0 to 1. */
  grain: number
  compose(stage: Stage): Painting
}

/** Where something is that circles at a speed (units a second) and is back after a turn; at rest in a still picture. */
export function drift(moment: Moment | null, speed: number, start = 0): { x: number; y: number } {
  if (moment === null) return { x: 0, y: 0 }
  const radius = (speed * moment.seconds) / (2 * Math.PI)
  const angle = (moment.turn + start) * 2 * Math.PI
  const from = start * 2 * Math.PI
  return { x: radius * (Math.cos(angle) - Math.cos(from)), y: radius * (Math.sin(angle) - Math.sin(from)) }
}

/** A wave from -1 to 1 that is back after a turn; 0 in a still picture. */
export function sway(moment: Moment | null, start = 0, waves = 1): number {
  return moment === null ? 0 : Math.sin((moment.turn * waves + start) * 2 * Math.PI)
}
