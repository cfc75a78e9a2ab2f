import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Hex } from './color.ts'
import type { Mood } from './prompt-words.ts'
import type { Random } from './random.ts'

/** What a style draws on: the rectangle from 0,0 to width,height, in units of which the picture's short side has 1000. */
export interface Stage {
  context: SKRSContext2D
  width: number
  height: number
  /** Pixels a unit; only for details that must be a pixel wide, never for the composition. */
  scale: number
  random: Random
  palette: Palette
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

/** A way to draw: the same random stream and palette give the same picture at any resolution. */
export interface Style {
  /** `framed`: on paper with the caption beside it. `full`: to the edges, with the caption on the picture. */
  layout: 'framed' | 'full'
  palettes: readonly Palette[]
  /** How strong the film grain over the picture is, 0 to 1. */
  grain: number
  paint(stage: Stage): void
}
