import type { Mode, UploadedFile } from '@clipia/contract'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../../shared/api/call.ts'

/** Uploads a file of the reader's and answers the URL that works in an input. */
export function useUpload(mode: Mode) {
  return useMutation({
    mutationFn: (file: File) => {
      const body = new FormData()
      body.append('file', file, file.name)
      return call<UploadedFile>('POST', `/${mode}/files`, { body })
    },
  })
}
