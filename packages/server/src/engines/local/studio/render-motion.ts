import { join } from 'node:path'
import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { type Camera, planCamera, type View } from './camera.ts'
import { captionFull } from './caption.ts'
import { chooseStyle } from './choose-style.ts'
import { writeFilm } from './film.ts'
import { addGrain } from './grain.ts'
import { loadScene, readAspect } from './load-scene.ts'
import { drawScene } from './poster.ts'
import type { MotionResult, MotionTask } from './studio-task-types.ts'

/** What the camera films, and what stays still before its lens. */
interface Set {
  scene: Canvas
  camera: Camera
  title?: Canvas
}

/** Films the camera move of a task and writes it as an MP4 file. */
export async function renderMotion(task: MotionTask, progress: (percent: number) => void): Promise<MotionResult> {
  const width = toEven(task.width)
  const height = toEven(task.height)
  const frames = Math.max(1, Math.round(task.durationSeconds * task.fps))
  const set = task.image === undefined ? drawSet(task, width, height) : await loadSet(task, task.image, width, height)
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d', { alpha: false })
  context.imageSmoothingQuality = 'high'
  const path = join(task.outputFolder, 'video.mp4')
  await writeFilm({
    path,
    width,
    height,
    fps: task.fps,
    frames,
    canvas,
    draw(frame) {
      const view = set.camera.viewAt(frames === 1 ? 0 : frame / (frames - 1))
      context.save()
      aim(context, view, width, height)
      context.drawImage(set.scene, 0, 0)
      context.restore()
      if (!set.title) return
      context.globalAlpha = fadeIn(frame / task.fps)
      context.drawImage(set.title, 0, 0)
      context.globalAlpha = 1
    },
    onFrame: (done) => progress((done / frames) * 99),
  })
  progress(100)
  return { files: [{ path, width, height, durationSeconds: frames / task.fps }] }
}

async function loadSet(task: MotionTask, image: string, width: number, height: number): Promise<Set> {
  const aspect = await readAspect(image)
  const camera = planCamera({ ...task, width, height, aspect })
  return { camera, scene: await loadScene(image, camera.scene.width, camera.scene.height) }
}

/** Without a picture the prompt is drawn, and stands as a title before the moving scene. */
function drawSet(task: MotionTask, width: number, height: number): Set {
  const seed = `${task.seed}:0`
  const style = chooseStyle(task.style, seed, task.prompt)
  const travels = task.move.startsWith('pan') ? 1.4 : task.move.startsWith('tilt') ? 1 / 1.4 : 1
  const camera = planCamera({ ...task, width, height, aspect: (width / height) * travels })
  const { canvas: scene, palette } = drawScene({ ...camera.scene, prompt: task.prompt, style, seed })
  // Little grain: it hides bands, but moves with the camera and costs many bits.
  addGrain(scene.getContext('2d'), scene.width, scene.height, 0.06)
  const title = createCanvas(width, height)
  const context = title.getContext('2d')
  const scale = Math.min(width, height) / 1000
  context.scale(scale, scale)
  captionFull(context, { width: width / scale, height: height / scale }, task.prompt, palette, undefined)
  return { camera, scene, title }
}

function aim(context: ReturnType<Canvas['getContext']>, view: View, width: number, height: number): void {
  context.translate(width / 2, height / 2)
  context.rotate(view.angle)
  context.scale(view.scale, view.scale)
  context.translate(-view.x, -view.y)
}

function fadeIn(seconds: number): number {
  const share = Math.min(1, Math.max(0, (seconds - 0.15) / 0.7))
  return share * share * (3 - 2 * share)
}

function toEven(pixels: number): number {
  return Math.max(2, pixels - (pixels % 2))
}
