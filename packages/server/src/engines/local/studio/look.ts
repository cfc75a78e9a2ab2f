import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import { DISTANCE, type View } from './camera.ts'

interface Frame {
  width: number
  height: number
}

/** Shows a scene as the camera sees it, over the whole frame. */
export function look(context: SKRSContext2D, scene: Canvas, view: View, frame: Frame): void {
  if (view.yaw !== 0 || view.shift !== 0) {
    bend(context, scene, view, frame)
    return
  }
  const { width, height } = frame
  context.save()
  context.translate(width / 2, height / 2)
  context.scale(view.scale, view.scale)
  context.translate(-view.x, -view.y)
  context.drawImage(scene, 0, 0)
  context.restore()
}

/**
 * Which place of the scene is seen at a place of the frame: a flat scene turned by the yaw before a camera at a fixed
 * distance, its lower part shifted as near ground is against the far.
 */
export function placeSeen(view: View, frame: Frame, column: number, row: number): { x: number; y: number } {
  const { across, narrowing } = turned(view.yaw, frame.width, column)
  const shift = view.shift * nearness((row + 0.5) / frame.height)
  return {
    x: view.x + (across + shift) / view.scale,
    y: view.y + ((row + 0.5 - frame.height / 2) * narrowing) / view.scale,
  }
}

/** For a column of the frame: how far from its middle the scene is seen there, and how much more of its height. */
function turned(yaw: number, width: number, column: number): { across: number; narrowing: number } {
  const distance = DISTANCE * width
  const from = column + 0.5 - width / 2
  const across = (from * distance) / (distance * Math.cos(yaw) - from * Math.sin(yaw))
  return { across, narrowing: (distance + across * Math.sin(yaw)) / distance }
}

/** 1 at the lower edge, and a little the other way above the horizon, as if one looked at a point on the ground. */
function nearness(down: number): number {
  const share = Math.min(1, Math.max(0, (down - 0.3) / 0.7))
  return share * share * (3 - 2 * share) * 1.35 - 0.35
}

/** Samples the scene pixel by pixel between its four neighbours; canvas transforms know no perspective. */
function bend(context: SKRSContext2D, scene: Canvas, view: View, frame: Frame): void {
  const { width, height } = frame
  const source = scene.data()
  const image = context.createImageData(width, height)
  const target = image.data
  const stride = scene.width * 4
  const across = new Float64Array(width)
  const narrowing = new Float64Array(width)
  for (let column = 0; column < width; column += 1) {
    const seen = turned(view.yaw, width, column)
    across[column] = view.x + seen.across / view.scale - 0.5
    narrowing[column] = seen.narrowing / view.scale
  }
  const [lastX, lastY] = [scene.width - 1.001, scene.height - 1.001]
  let place = 0
  // The inner loop runs millions of times a second: plain numbers only, in fixed point with eight bits.
  for (let row = 0; row < height; row += 1) {
    const shift = (view.shift * nearness((row + 0.5) / height)) / view.scale
    const down = row + 0.5 - height / 2
    for (let column = 0; column < width; column += 1) {
      const x = Math.min(lastX, Math.max(0, (across[column] ?? 0) + shift))
      const y = Math.min(lastY, Math.max(0, view.y + down * (narrowing[column] ?? 0) - 0.5))
      const left = x | 0
      const top = y | 0
      const right = ((x - left) * 256) | 0
      const below = ((y - top) * 256) | 0
      const first = top * stride + left * 4
      for (let channel = first; channel < first + 3; channel += 1) {
        const upper = (source[channel] ?? 0) * (256 - right) + (source[channel + 4] ?? 0) * right
        const lower = (source[channel + stride] ?? 0) * (256 - right) + (source[channel + stride + 4] ?? 0) * right
        target[place] = (upper * (256 - below) + lower * below) >> 16
        place += 1
      }
      target[place] = 255
      place += 1
    }
  }
  context.putImageData(image, 0, 0)
}
