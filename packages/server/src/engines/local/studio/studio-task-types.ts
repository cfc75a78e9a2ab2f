/** The styles a picture can be drawn in; `auto` lets seed and prompt choose. */
export const STUDIO_STYLES = [
  ...(['flow', 'ridges', 'grid', 'aurora', 'weave', 'paper'] as const),
  ...(['glass', 'orbits', 'bloom', 'riso'] as const),
] as const

/** One of the drawing styles. */
export type StudioStyle = (typeof STUDIO_STYLES)[number]

/** The palettes to choose from: by what they feel like, without colour, or as seed and prompt choose. */
export const PALETTES = ['auto', 'night', 'dawn', 'sea', 'forest', 'fire', 'snow', 'blossom', 'mono'] as const

/** One of the palettes. */
export type PaletteName = (typeof PALETTES)[number]

/** What can be done with a given picture: drawn anew in the style, mixed with a drawing, or only cut and captioned. */
export const PICTURE_MODES = ['restyle', 'blend', 'crop'] as const

/** A given picture and what is to be done with it. */
export interface GivenPicture {
  /** A file of unknown origin. */
  path: string
  mode: (typeof PICTURE_MODES)[number]
  /** 0 keeps the picture's colours (restyle) or the picture (blend), 1 leaves only the palette's, or the drawing. */
  strength: number
}

/** The camera moves of a motion task; those of the first line only travel, those of the second come nearer or leave. */
export const CAMERA_MOVES = [
  ...(['pan-left', 'pan-right', 'tilt-up', 'tilt-down', 'parallax'] as const),
  ...(['dolly-in', 'dolly-out', 'zoom-in', 'zoom-out', 'orbit', 'still'] as const),
] as const

/** One of the camera moves. */
export type CameraMove = (typeof CAMERA_MOVES)[number]

/** Draws pictures with words typeset on them; the same task always gives the same bytes. */
export interface CanvasTask {
  kind: 'canvas'
  prompt: string
  /** The words to set; empty for none. */
  title: string
  /** A `StudioStyle` or `auto`. */
  style: string
  palette: PaletteName
  /** The picture to start from, if any. */
  picture?: GivenPicture
  /** In pixels. */
  width: number
  /** In pixels. */
  height: number
  seed: number
  /** How many pictures; each has a seed of its own, made from `seed` and its index. */
  images: number
  /** An existing folder; the files are named `image-1.png`, `image-2.png` and so on. */
  outputFolder: string
}

/** Films given pictures one after the other, or a moving drawing of the prompt. */
export interface MotionTask {
  kind: 'motion'
  prompt: string
  /** The words that stand before the film; empty for none. */
  title: string
  /** Paths of pictures of unknown origin, which fade into each other; when there are none the prompt is drawn. */
  pictures: string[]
  /** A `StudioStyle` or `auto`; of no effect with `pictures`. */
  style: string
  palette: PaletteName
  move: CameraMove
  /** Whether the end meets the beginning, so that the film can run in a circle. */
  isLoop: boolean
  /** Whether it has music, made from the seed. */
  hasSound: boolean
  /** In pixels; odd numbers are rounded down to even ones, as H.264 needs. */
  width: number
  /** In pixels; see `width`. */
  height: number
  durationSeconds: number
  fps: 24 | 30
  seed: number
  /** An existing folder; the file is named `video.mp4`. */
  outputFolder: string
}

/** The moods of music. */
export const TONE_MOODS = ['calm', 'bright', 'dark', 'dreamy', 'warm'] as const

/** One of the moods of music. */
export type ToneMood = (typeof TONE_MOODS)[number]

/** The keys of music; whether it is major or minor, the mood says. */
export type KeyName = 'C' | 'C#' | 'D' | 'D#' | 'E' | 'F' | 'F#' | 'G' | 'G#' | 'A' | 'A#' | 'B'

/** The files a sound can be written as. */
export type SoundFormat = 'wav' | 'mp3' | 'm4a' | 'ogg'

/** Composes and plays ambient music. */
export interface ToneTask {
  kind: 'tone'
  prompt: string
  mood: ToneMood | 'auto'
  key: KeyName | 'auto'
  durationSeconds: number
  format: SoundFormat
  seed: number
  /** An existing folder; the file is named `sound` with the format as its ending. */
  outputFolder: string
}

/** Everything the studio process can be asked for. */
export type StudioTask = CanvasTask | MotionTask | ToneTask

/** A PNG file. */
export interface CanvasFile {
  path: string
  width: number
  height: number
}

/** An MP4 file. */
export interface MotionFile {
  path: string
  width: number
  height: number
  durationSeconds: number
}

/** What a `CanvasTask` gives. */
export interface CanvasResult {
  files: CanvasFile[]
}

/** What a `MotionTask` gives. */
export interface MotionResult {
  files: MotionFile[]
}

/** A sound file. */
export interface ToneFile {
  path: string
  durationSeconds: number
}

/** What a `ToneTask` gives. */
export interface ToneResult {
  files: ToneFile[]
}

/** What any task gives: files, in the order they were asked for. */
export type StudioResult = CanvasResult | MotionResult | ToneResult
