import { uploadFile } from '../../../files/upload-file.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'
import { toUploadedFile } from './uploaded-file.ts'

/** POST /v1/files */
export function uploadFileRoute(services: Services): Handler<'uploadFile'> {
  return async ({ key, upload }) => {
    return { body: toUploadedFile(await uploadFile(services, key, upload), services.mediaUrl()) }
  }
}
