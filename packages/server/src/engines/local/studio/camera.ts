import type { CameraMove } from './studio-task-types.ts'

/** What a camera is planned for, in pixels. */
export interface CameraOptions {
  move: CameraMove
  /** Whether it comes back to where it began, by a way without corners. */
  isLoop: boolean
  width: number
  height: number
  durationSeconds: number
  /** Width by height of the picture; pans over a wide one and tilts over a tall one use more of it. */
  aspect: number
}

/** Where the camera looks. */
export interface View {
  /** The middle of the view in the scene. */
  x: number
  y: number
  /** Enlargement. */
  scale: number
  /** How far the camera has gone round the scene, in radians: one side is nearer than the other. */
  yaw: number
  /** How far the ground at the lower edge is moved against the horizon, in pixels of the frame. */
  shift: number
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
/** How far an orbit goes to each side. */
export const MOST_YAW = (8 * Math.PI) / 180
/** Distance of the camera from the scene, in widths of the frame. */
export const DISTANCE = 1.6
/** Of the width of the frame, to each side. */
const MOST_SHIFT = 0.055

/** Plans an eased move that keeps the frame inside the scene at every moment. */
export function planCamera({ move, isLoop, width, height, durationSeconds, aspect }: CameraOptions): Camera {
  const [nearest, farthest] = zoomRange(move, durationSeconds)
  const scene = sceneSize(move, { width, height }, aspect, nearest)

  return {
    scene,
    viewAt(moment) {
      const time = Math.min(1, Math.max(0, moment))
      const share = isLoop ? 0.5 - 0.5 * Math.cos(time * 2 * Math.PI) : ease(time)
      const nearness = move === 'dolly-out' || move === 'zoom-out' ? 1 - share : share
      const scale = (farthest * (nearest / farthest) ** nearness) / nearest
      const slackX = Math.max(0, scene.width - width / scale)
      const slackY = Math.max(0, scene.height - height / scale)
      const reachX = Math.min(slackX, (width / scale) * (0.08 + TRAVEL_SPEED * durationSeconds))
      const reachY = Math.min(slackY, (height / scale) * (0.08 + TRAVEL_SPEED * durationSeconds))
      // To both sides of the middle; in a circle an orbit and a parallax swing through it.
      const side = isLoop ? Math.sin(time * 2 * Math.PI) : share * 2 - 1
      return {
        x: scene.width / 2 + reachX * (share - 0.5) * direction(move, 'pan-left', 'pan-right'),
        y: scene.height / 2 + reachY * (share - 0.5) * direction(move, 'tilt-up', 'tilt-down'),
        scale,
        yaw: move === 'orbit' ? MOST_YAW * side : 0,
        shift: move === 'parallax' ? MOST_SHIFT * width * side : 0,
      }
    },
  }
}

/** How near the camera comes and how far it goes; a dolly is slow, a zoom goes for a detail. */
function zoomRange(move: CameraMove, durationSeconds: number): [nearest: number, farthest: number] {
  const gain = Math.min(0.36, 0.1 + 0.028 * durationSeconds)
  if (move === 'still') return [1, 1]
  if (move.startsWith('zoom')) return [Math.min(1.9, 1.35 + 0.09 * durationSeconds), 1]
  // A turned frame needs room at its corners, a shifted one at its sides.
  if (move === 'orbit') return [1.1 * (1 + gain * 0.4), 1.1]
  if (move === 'parallax') return [1.14, 1.14]
  return move.startsWith('dolly') ? [1 + gain, 1] : [1 + gain, 1 + gain]
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

function direction(move: CameraMove, negative: CameraMove, positive: CameraMove): number {
  if (move === negative) return -1
  return move === positive ? 1 : 0
}

/** The move that goes the other way: of several shots every second one uses it. */
export function opposite(move: CameraMove): CameraMove {
  const pairs: readonly (readonly [CameraMove, CameraMove])[] = [
    ['pan-left', 'pan-right'],
    ['tilt-up', 'tilt-down'],
    ['dolly-in', 'dolly-out'],
    ['zoom-in', 'zoom-out'],
  ]
  for (const [one, other] of pairs) {
    if (move === one) return other
    if (move === other) return one
  }
  return move
}

/** Gentle at both ends, yet moving from the first frame to the last. */
function ease(moment: number): number {
  const smooth = moment * moment * (3 - 2 * moment)
  return 0.25 * moment + 0.75 * smooth
}
