/** The module of the studio process: draws pictures and films, one task at a time. Never import it from the server. */
import { serveTasks } from '../../../processes/serve-tasks.ts'
import { renderCanvas } from './render-canvas.ts'
import { renderMotion } from './render-motion.ts'
import type { CanvasResult, MotionResult, StudioTask } from './studio-task-types.ts'

serveTasks<StudioTask, CanvasResult | MotionResult>((task, { progress }) =>
  task.kind === 'canvas' ? renderCanvas(task, progress) : renderMotion(task, progress),
)
