import { getFile } from '../../../files/get-file.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'
import { toUploadedFile } from './uploaded-file.ts'

/** GET /v1/files/{id} */
export function getFileRoute({ database, clock, mediaUrl }: Services): Handler<'getFile'> {
  return async ({ key, params }) => {
    return { body: toUploadedFile(await getFile(database, key, params.id, clock.now()), mediaUrl()) }
  }
}
