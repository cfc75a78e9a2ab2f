/** The module of the studio process: draws pictures and films and plays music, one task at a time. Never import it from the server. */
import sharp from 'sharp'
import { serveTasks } from '../../../processes/serve-tasks.ts'
import { renderCanvas } from './render-canvas.ts'
import { renderMotion } from './render-motion.ts'
import { renderTone } from './render-tone.ts'
import type { StudioResult, StudioTask } from './studio-task-types.ts'

// There is one such process for each core to be used; none may take the others' cores.
sharp.concurrency(1)

serveTasks<StudioTask, StudioResult>((task, { progress }) => {
  if (task.kind === 'canvas') return renderCanvas(task, progress)
  return task.kind === 'motion' ? renderMotion(task, progress) : renderTone(task, progress)
})
