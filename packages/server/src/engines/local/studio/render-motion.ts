import { join } from 'node:path'
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { opposite, planCamera } from './camera.ts'
import { captionFull } from './caption.ts'
import { choosePalette } from './choose-palette.ts'
import { chooseStyle } from './choose-style.ts'
import { writeFilm } from './film.ts'
import { addGrain } from './grain.ts'
import { loadScene, readAspect } from './load-scene.ts'
import { look } from './look.ts'
import { composeScene } from './poster.ts'
import { shotsAt } from './shots.ts'
import type { MotionResult, MotionTask } from './studio-task-types.ts'
import type { Palette } from './style.ts'
import { STYLES } from './styles/styles.ts'
import { chooseMood } from './tone/choose-mood.ts'
import { synthesize } from './tone/synthesize.ts'

/** Draws the film's picture at a time into a context of the frame. */
type Shoot = (context: SKRSContext2D, seconds: number) => void

interface Frame {
  width: number
  height: number
}

/** How long a moving drawing takes to come back to its beginning, unless it must do so at the end of the film. */
const TURN_SECONDS = 10

/** Films the pictures of a task, or a moving drawing of its prompt, and writes it as an MP4 file. */
export async function renderMotion(task: MotionTask, progress: (percent: number) => void): Promise<MotionResult> {
  const frame = { width: toEven(task.width), height: toEven(task.height) }
  const frames = Math.max(1, Math.round(task.durationSeconds * task.fps))
  const { shoot, palette } = task.pictures.length > 0 ? await filmPictures(task, frame) : filmDrawing(task, frame)
  const title = task.title === '' ? null : drawTitle(task.title, palette, frame)
  const canvas = createCanvas(frame.width, frame.height)
  const context = canvas.getContext('2d', { alpha: false })
  context.imageSmoothingQuality = 'high'
  const path = join(task.outputFolder, 'video.mp4')
  await writeFilm({
    path,
    ...frame,
    fps: task.fps,
    frames,
    canvas,
    draw(index) {
      const seconds = index / task.fps
      shoot(context, seconds)
      if (title === null) return
      // In a circle it stays, because there is no beginning it could appear at.
      context.globalAlpha = task.isLoop ? 1 : fadeIn(seconds)
      context.drawImage(title, 0, 0)
      context.globalAlpha = 1
    },
    ...(task.hasSound && { sound: playSound(task, frames / task.fps) }),
    onFrame: (done) => progress((done / frames) * 99),
  })
  progress(100)
  return { files: [{ path, ...frame, durationSeconds: frames / task.fps }] }
}

/** Given pictures, each with a move of its own; every second one goes the other way. */
async function filmPictures(task: MotionTask, frame: Frame): Promise<{ shoot: Shoot; palette: Palette }> {
  const { pictures, durationSeconds, isLoop } = task
  const isSingle = pictures.length === 1
  const shots: { camera: ReturnType<typeof planCamera>; scene: Canvas }[] = []
  for (const [index, picture] of pictures.entries()) {
    const move = index % 2 === 0 ? task.move : opposite(task.move)
    const length = durationSeconds / pictures.length
    const plan = { ...frame, move, durationSeconds: length, aspect: await readAspect(picture) }
    const camera = planCamera({ ...plan, isLoop: isLoop && isSingle })
    shots.push({ camera, scene: await loadScene(picture, camera.scene.width, camera.scene.height) })
  }
  const upper = createCanvas(frame.width, frame.height)
  const upperContext = upper.getContext('2d', { alpha: false })
  upperContext.imageSmoothingQuality = 'high'
  const shoot: Shoot = (context, seconds) => {
    for (const { index, moment, opacity } of shotsAt(seconds, pictures.length, durationSeconds, isLoop)) {
      const shot = shots[index]
      if (!shot || opacity === 0) continue
      if (opacity === 1) {
        look(context, shot.scene, shot.camera.viewAt(moment), frame)
        continue
      }
      look(upperContext, shot.scene, shot.camera.viewAt(moment), frame)
      context.globalAlpha = opacity
      context.drawImage(upper, 0, 0)
      context.globalAlpha = 1
    }
  }
  const style = chooseStyle(task.style, String(task.seed), task.prompt)
  return { shoot, palette: choosePalette(STYLES[style].palettes, String(task.seed), task.prompt, task.palette) }
}

/** Without pictures the prompt is drawn, and the drawing itself moves before the moving camera. */
function filmDrawing(task: MotionTask, frame: Frame): { shoot: Shoot; palette: Palette } {
  const { durationSeconds, isLoop, prompt, move } = task
  const seed = `${task.seed}:0`
  const style = chooseStyle(task.style, seed, prompt)
  const travels = move.startsWith('pan') ? 1.4 : move.startsWith('tilt') ? 1 / 1.4 : 1
  const camera = planCamera({ ...task, ...frame, aspect: (frame.width / frame.height) * travels })
  const size = camera.scene
  const { painting, palette, scale } = composeScene({ ...size, prompt, style, palette: task.palette, seed })
  const scene = createCanvas(size.width, size.height)
  const sceneContext = scene.getContext('2d', { alpha: false })
  sceneContext.scale(scale, scale)
  const period = isLoop ? durationSeconds : Math.max(TURN_SECONDS, durationSeconds)
  // Little grain, and only where soft gradients would show bands: it costs many bits.
  const grain = STYLES[style].layout === 'full' ? 0.05 : 0
  const shoot: Shoot = (context, seconds) => {
    sceneContext.save()
    painting.paint(sceneContext, { turn: (seconds / period) % 1, seconds: period })
    sceneContext.restore()
    look(context, scene, camera.viewAt(seconds / durationSeconds), frame)
    addGrain(context, frame.width, frame.height, grain)
  }
  return { shoot, palette }
}

function drawTitle(title: string, palette: Palette, { width, height }: Frame): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const scale = Math.min(width, height) / 1000
  context.scale(scale, scale)
  captionFull(context, { width: width / scale, height: height / scale }, title, palette, undefined)
  return canvas
}

function playSound({ prompt, seed }: MotionTask, durationSeconds: number) {
  const mood = chooseMood('auto', prompt, String(seed))
  return synthesize({ mood, key: 'auto', durationSeconds, seed: `${seed}:${prompt}` })
}

function fadeIn(seconds: number): number {
  const share = Math.min(1, Math.max(0, (seconds - 0.15) / 0.7))
  return share * share * (3 - 2 * share)
}

function toEven(pixels: number): number {
  return Math.max(2, pixels - (pixels % 2))
}
