/** The module of the rendition process: reads media of any origin, one file at a time. Never import it from the server. */
import { serveTasks } from '../processes/serve-tasks.ts'
import { inspectMedia } from './inspect-media.ts'
import { measureAudio, measureVideo } from './measure-media.ts'
import { renderImage } from './render-image.ts'
import { renderPreview } from './render-preview.ts'
import type {
  AudioRendition,
  ImageRendition,
  Inspection,
  PreviewRendition,
  RenditionTask,
  VideoRendition,
} from './rendition-task-types.ts'

serveTasks<RenditionTask, ImageRendition | VideoRendition | AudioRendition | Inspection | PreviewRendition>((task) => {
  if (task.kind === 'image') return renderImage(task)
  if (task.kind === 'inspect') return inspectMedia(task)
  if (task.kind === 'preview') return renderPreview(task)
  return task.kind === 'video' ? measureVideo(task.path) : measureAudio(task.path)
})
