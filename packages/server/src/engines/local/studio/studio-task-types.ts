/** The styles a picture can be drawn in; `auto` lets seed and prompt choose. */
export const STUDIO_STYLES = ['flow', 'ridges', 'grid', 'aurora', 'weave', 'paper'] as const

/** One of the drawing styles. */
export type StudioStyle = (typeof STUDIO_STYLES)[number]

/** The camera moves of a motion task; `orbit` is a slow turn with a zoom. */
export const CAMERA_MOVES = ['dolly-in', 'dolly-out', 'pan-left', 'pan-right', 'tilt-up', 'tilt-down', 'orbit'] as const

/** One of the camera moves. */
export type CameraMove = (typeof CAMERA_MOVES)[number]

/** Draws pictures with the prompt typeset on them; the same task always gives the same bytes. */
export interface CanvasTask {
  kind: 'canvas'
  prompt: string
  /** A `StudioStyle` or `auto`. */
  style: string
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

/** Films a camera move over a given picture, or over a drawing of the prompt. */
export interface MotionTask {
  kind: 'motion'
  prompt: string
  /** Path of a picture of unknown origin; when absent the prompt is drawn. */
  image?: string
  /** A `StudioStyle` or `auto`; of no effect with `image`. */
  style: string
  move: CameraMove
  /** In pixels; odd numbers are rounded down to even ones, as H.264 needs. */
  width: number
  /** In pixels; see `width`. */
  height: number
  durationSeconds: number
  fps: 24
  seed: number
  /** An existing folder; the file is named `video.mp4`. */
  outputFolder: string
}

/** Everything the studio process can be asked for. */
export type StudioTask = CanvasTask | MotionTask

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
