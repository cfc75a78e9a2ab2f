import type { FileList } from '@clipia/contract'
import { listFiles } from '../../../files/list-files.ts'
import { readCursor, toPage } from '../../cursor.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'
import { toUploadedFile } from './uploaded-file.ts'

const PAGE = 20

/** GET /v1/files */
export function listFilesRoute({ database, clock, mediaUrl }: Services): Handler<'listFiles'> {
  return async ({ key, query }) => {
    const limit = query.limit ?? PAGE
    // One more tells whether there is a next page.
    const page = { before: readCursor(query.cursor), limit: limit + 1 }
    const { shown, next_cursor } = toPage(
      await listFiles(database, key, page, clock.now()),
      limit,
      (file) => file.fileId,
    )
    const body: FileList = { data: shown.map((file) => toUploadedFile(file, mediaUrl())), next_cursor }
    return { body }
  }
}
