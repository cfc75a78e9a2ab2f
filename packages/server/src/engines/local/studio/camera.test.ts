import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planCamera, type View } from './camera.ts'
import { CAMERA_MOVES } from './studio-task-types.ts'

const FRAMES = [
  { width: 1280, height: 720 },
  { width: 720, height: 1280 },
  { width: 2520, height: 1080 },
  { width: 600, height: 600 },
]

/** The corners of the frame, as places of the scene. */
function corners(view: View, width: number, height: number): { x: number; y: number }[] {
  const [cos, sin] = [Math.cos(-view.angle), Math.sin(-view.angle)]
  return [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ].map(([across = 0, down = 0]) => {
    const x = (across * width) / 2 / view.scale
    const y = (down * height) / 2 / view.scale
    return { x: view.x + x * cos - y * sin, y: view.y + x * sin + y * cos }
  })
}

for (const move of CAMERA_MOVES) {
  test(`${move} never shows anything beyond the scene and never enlarges it`, () => {
    for (const { width, height } of FRAMES) {
      for (const aspect of [0.3, 1, 1.6, 3]) {
        for (const durationSeconds of [1, 4, 12]) {
          const camera = planCamera({ move, width, height, durationSeconds, aspect })
          for (let moment = 0; moment <= 1; moment += 0.05) {
            const view = camera.viewAt(moment)
            assert.ok(view.scale <= 1 + 1e-9)
            for (const { x, y } of corners(view, width, height)) {
              assert.ok(x >= -0.01 && x <= camera.scene.width + 0.01, `${x} of ${camera.scene.width}`)
              assert.ok(y >= -0.01 && y <= camera.scene.height + 0.01, `${y} of ${camera.scene.height}`)
            }
          }
        }
      }
    }
  })
}

test('each move goes where its name says, from the first moment to the last', () => {
  const ends = (move: (typeof CAMERA_MOVES)[number]): [View, View] => {
    const camera = planCamera({ move, width: 1280, height: 720, durationSeconds: 4, aspect: 16 / 9 })
    return [camera.viewAt(0), camera.viewAt(1)]
  }
  const change = (move: (typeof CAMERA_MOVES)[number], what: keyof View) => ends(move)[1][what] - ends(move)[0][what]
  assert.ok(change('dolly-in', 'scale') > 0.05)
  assert.ok(change('dolly-out', 'scale') < -0.05)
  assert.ok(change('pan-right', 'x') > 100)
  assert.ok(change('pan-left', 'x') < -100)
  assert.ok(change('tilt-down', 'y') > 50)
  assert.ok(change('tilt-up', 'y') < -50)
  assert.ok(change('orbit', 'angle') > 0.05 && change('orbit', 'scale') > 0.02)
})
