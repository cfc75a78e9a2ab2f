import { join } from 'node:path'
import { chooseStyle } from './choose-style.ts'
import { drawPoster } from './poster.ts'
import type { CanvasFile, CanvasResult, CanvasTask } from './studio-task-types.ts'
import { writePng } from './write-png.ts'

/** Draws the pictures of a task one after the other and writes each as a PNG file. */
export async function renderCanvas(task: CanvasTask, progress: (percent: number) => void): Promise<CanvasResult> {
  const files: CanvasFile[] = []
  const { prompt, title, palette, picture, width, height } = task
  for (let index = 0; index < task.images; index += 1) {
    const seed = `${task.seed}:${index}`
    const style = chooseStyle(task.style, seed, prompt)
    const colophon = { left: `Clipia Canvas, ${style}`, right: `No. ${task.seed}${index > 0 ? `–${index + 1}` : ''}` }
    const given = picture === undefined ? {} : { picture }
    const canvas = await drawPoster({ prompt, title, palette, style, width, height, seed, colophon, ...given })
    progress(((index + 0.5) / task.images) * 100)
    const path = join(task.outputFolder, `image-${index + 1}.png`)
    await writePng(canvas, path)
    files.push({ path, width, height })
    progress(((index + 1) / task.images) * 100)
  }
  return { files }
}
