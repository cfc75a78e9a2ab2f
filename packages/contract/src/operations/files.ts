import Type from 'typebox'
import { FileList, UploadedFile } from '../files.ts'
import type { Operation } from '../operation.ts'
import { PAGING } from './parameters.ts'

const fileId = Type.String({ minLength: 1, maxLength: 128, description: 'UUID of the file.' })

/** Uploading inputs that have no URL of their own. */
export const FILE_OPERATIONS = {
  uploadFile: {
    method: 'POST',
    path: '/v1/files',
    tag: 'Files',
    summary: 'Upload a file',
    description:
      'Takes a picture (20 MB), video (200 MB) or sound (50 MB) as multipart/form-data and answers a URL that works in inputs. The type is found from the bytes; what cannot be decoded is refused. Files expire, and count against a quota of the account until they do.',
    auth: 'key',
    scope: 'generate',
    bucket: 'write',
    upload: {
      field: 'file',
      description: 'PNG, JPEG, WebP, GIF, AVIF; MP4, WebM, QuickTime; WAV, MP3, Ogg, M4A, FLAC, AAC.',
    },
    answers: { 200: { description: 'The file.', schema: UploadedFile } },
    errors: ['invalid_request', 'quota_exceeded'],
  },
  listFiles: {
    method: 'GET',
    path: '/v1/files',
    tag: 'Files',
    summary: 'List files',
    description: "The account's files that have not expired, newest first.",
    auth: 'key',
    scope: 'read',
    bucket: 'read',
    query: PAGING,
    answers: { 200: { description: 'A page of files.', schema: FileList } },
    errors: ['invalid_request'],
  },
  getFile: {
    method: 'GET',
    path: '/v1/files/{id}',
    tag: 'Files',
    summary: 'Get a file',
    description: 'What is known of a file; its bytes are at its url.',
    auth: 'key',
    bucket: 'read',
    params: { id: fileId },
    answers: { 200: { description: 'The file.', schema: UploadedFile } },
    errors: ['not_found'],
  },
  deleteFile: {
    method: 'DELETE',
    path: '/v1/files/{id}',
    tag: 'Files',
    summary: 'Delete a file',
    description: 'Its URL stops working at once. A file that a request still needs is kept: cancel the request first.',
    auth: 'key',
    scope: 'generate',
    bucket: 'write',
    params: { id: fileId },
    answers: { 204: { description: 'The file is gone.', schema: null } },
    errors: ['not_found', 'file_in_use'],
  },
} as const satisfies Record<string, Operation>
