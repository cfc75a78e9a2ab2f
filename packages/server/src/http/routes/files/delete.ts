import { deleteFile } from '../../../files/delete-file.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** DELETE /v1/files/{id} */
export function deleteFileRoute({ database, clock }: Services): Handler<'deleteFile'> {
  return async ({ key, params }) => {
    await deleteFile(database, key, params.id, clock.now())
    return { status: 204, body: null }
  }
}
