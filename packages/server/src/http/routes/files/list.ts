import type { FileList } from '@clipia/contract'
import { listFiles } from '../../../files/list-files.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'
import { toUploadedFile } from './uploaded-file.ts'

const PAGE_SIZE = 20

/** GET /v1/files */
export function listFilesRoute({ database, clock, mediaUrl }: Services): Handler<'listFiles'> {
  return async ({ key, query }) => {
    const page = { limit: query.limit ?? PAGE_SIZE, cursor: query.cursor }
    const { files, nextCursor } = await listFiles(database, key, page, clock.now())
    const list: FileList = {
      data: files.map((file) => toUploadedFile(file, mediaUrl())),
      next_cursor: nextCursor,
    }
    return { body: list }
  }
}
