import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planCamera, type View } from './camera.ts'
import { placeSeen } from './look.ts'
import { CAMERA_MOVES, type CameraMove } from './studio-task-types.ts'

const FRAMES = [
  { width: 1280, height: 720 },
  { width: 720, height: 1280 },
  { width: 2520, height: 1080 },
  { width: 600, height: 600 },
]
const PLAN = { width: 1280, height: 720, durationSeconds: 4, aspect: 16 / 9, isLoop: false }

for (const move of CAMERA_MOVES) {
  test(`${move} never shows anything beyond the scene and never enlarges it`, () => {
    for (const frame of FRAMES) {
      for (const aspect of [0.3, 1, 1.6, 3]) {
        for (const isLoop of [false, true]) {
          for (const durationSeconds of [1, 4, 12]) {
            const camera = planCamera({ move, isLoop, ...frame, durationSeconds, aspect })
            for (let moment = 0; moment <= 1; moment += 0.05) {
              const view = camera.viewAt(moment)
              assert.ok(view.scale <= 1 + 1e-9)
              for (const column of [0, frame.width - 1]) {
                for (const row of [0, frame.height - 1]) {
                  const { x, y } = placeSeen(view, frame, column, row)
                  assert.ok(x >= 0 && x <= camera.scene.width, `${x} of ${camera.scene.width}`)
                  assert.ok(y >= 0 && y <= camera.scene.height, `${y} of ${camera.scene.height}`)
                }
              }
            }
          }
        }
      }
    }
  })

  test(`${move} in a loop passes its seam as smoothly as any other moment`, () => {
    const camera = planCamera({ ...PLAN, move, isLoop: true })
    const at = (step: number): View => camera.viewAt((((step % 100) + 100) % 100) / 100)
    for (const key of ['x', 'y', 'scale', 'yaw', 'shift'] as const) {
      const jerk = (step: number): number => Math.abs(at(step - 1)[key] - 2 * at(step)[key] + at(step + 1)[key])
      const worst = Math.max(...Array.from({ length: 98 }, (_, step) => jerk(step + 1)))
      assert.ok(jerk(0) <= worst * 1.01 + 1e-9, key)
      assert.ok(Math.abs(camera.viewAt(1)[key] - camera.viewAt(0)[key]) < 1e-9, key)
    }
  })
}

test('each move goes where its name says, from the first moment to the last', () => {
  const change = (move: CameraMove, what: keyof View): number => {
    const camera = planCamera({ ...PLAN, move })
    return camera.viewAt(1)[what] - camera.viewAt(0)[what]
  }
  assert.ok(change('dolly-in', 'scale') > 0.05)
  assert.ok(change('dolly-out', 'scale') < -0.05)
  assert.ok(change('zoom-in', 'scale') > 2 * change('dolly-in', 'scale'))
  assert.ok(change('zoom-out', 'scale') < 2 * change('dolly-out', 'scale'))
  assert.ok(change('pan-right', 'x') > 100)
  assert.ok(change('pan-left', 'x') < -100)
  assert.ok(change('tilt-down', 'y') > 50)
  assert.ok(change('tilt-up', 'y') < -50)
  assert.ok(change('orbit', 'yaw') > 0.2)
  assert.ok(change('parallax', 'shift') > 100)
  const still = planCamera({ ...PLAN, move: 'still' })
  assert.deepEqual(still.viewAt(0), still.viewAt(1))
})

test('an orbit brings one side nearer, and a parallax moves the ground more than the sky', () => {
  const frame = { width: 1280, height: 720 }
  const seen = (move: CameraMove, moment: number, column: number, row: number) =>
    placeSeen(planCamera({ ...PLAN, move }).viewAt(moment), frame, column, row)
  const heightAt = (column: number) => seen('orbit', 1, column, 719).y - seen('orbit', 1, column, 0).y
  assert.ok(Math.abs(heightAt(0) / heightAt(1279) - 1) > 0.04)
  const travel = (row: number) => Math.abs(seen('parallax', 1, 640, row).x - seen('parallax', 0, 640, row).x)
  assert.ok(travel(719) > 2 * travel(200))
})
