import type { CameraMove } from './studio-task-types.ts'

/** What a camera is planned for, in pixels. */
export interface CameraOptions {
  move: CameraMove
  width: number
  height: number
  durationSeconds: number
  /** Width by height of the picture; pans over a wide one and tilts over a tall one use more of it. */
  aspect: number
}

/** Where the camera looks: the middle of the view in the scene, its enlargement and its turn in radians. */
export interface View {
  x: number
  y: number
  scale: number
  angle: number
}

/** A planned move. */
export interface Camera {
  /** The size the scene must have; at its closest the camera then shows it pixel by pixel, never enlarged. */
  scene: { width: number; height: number }
  /** The view at a moment from 0 (start) to 1 (end); it never leaves the scene. */
  viewAt(moment: number): View
}

/** Extra length of a scene that a pan or tilt may use, as a multiple of the frame. */
const MOST_STRETCH = 1.6
/** Of the frame, a second: more looks hurried. */
const TRAVEL_SPEED = 0.085
const MOST_TURN = (2.4 * Math.PI) / 180

/** Plans an eased move that keeps the frame inside the scene at every moment. */
export function planCamera({ move, width, height, durationSeconds, aspect }: CameraOptions): Camera {
  const gain = Math.min(0.36, 0.1 + 0.028 * durationSeconds)
  const [nearest, farthest] = zoomRange(move, gain, Math.max(width / height, height / width))
  const scene = sceneSize(move, { width, height }, aspect, nearest)
  const scaleOf = (zoom: number): number => zoom / nearest

  return {
    scene,
    viewAt(moment) {
      const share = ease(Math.min(1, Math.max(0, moment)))
      const isBackwards = move === 'dolly-out'
      const travelled = isBackwards ? 1 - share : share
      const scale = scaleOf(farthest * (nearest / farthest) ** (isStill(move) ? 1 : travelled))
      const slackX = Math.max(0, scene.width - width / scale)
      const slackY = Math.max(0, scene.height - height / scale)
      const reachX = Math.min(slackX, (width / scale) * (0.08 + TRAVEL_SPEED * durationSeconds))
      const reachY = Math.min(slackY, (height / scale) * (0.08 + TRAVEL_SPEED * durationSeconds))
      return {
        x: scene.width / 2 + reachX * (share - 0.5) * direction(move, 'pan-left', 'pan-right'),
        y: scene.height / 2 + reachY * (share - 0.5) * direction(move, 'tilt-up', 'tilt-down'),
        scale,
        angle: move === 'orbit' ? MOST_TURN * (share * 2 - 1) : 0,
      }
    },
  }
}

function zoomRange(move: CameraMove, gain: number, ratio: number): [nearest: number, farthest: number] {
  if (move === 'orbit') {
    // A turned frame needs room at its corners.
    const room = Math.cos(MOST_TURN) + Math.sin(MOST_TURN) * ratio + 0.01
    return [room * (1 + gain * 0.6), room]
  }
  return isStill(move) ? [1 + gain, 1 + gain] : [1 + gain, 1]
}

function sceneSize(move: CameraMove, frame: { width: number; height: number }, aspect: number, zoom: number) {
  const own = frame.width / frame.height
  const widest = move.startsWith('pan') ? own * MOST_STRETCH : own
  const tallest = move.startsWith('tilt') ? own / MOST_STRETCH : own
  const used = Math.min(widest, Math.max(tallest, aspect))
  const stretchX = Math.max(1, used / own)
  const stretchY = Math.max(1, own / used)
  return { width: Math.ceil(frame.width * zoom * stretchX), height: Math.ceil(frame.height * zoom * stretchY) }
}

/** Whether the move keeps its distance and only travels. */
function isStill(move: CameraMove): boolean {
  return move.startsWith('pan') || move.startsWith('tilt')
}

function direction(move: CameraMove, negative: CameraMove, positive: CameraMove): number {
  if (move === negative) return -1
  return move === positive ? 1 : 0
}

/** Gentle at both ends, yet moving from the first frame to the last. */
function ease(moment: number): number {
  const smooth = moment * moment * (3 - 2 * moment)
  return 0.25 * moment + 0.75 * smooth
}
