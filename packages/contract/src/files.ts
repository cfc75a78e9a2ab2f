import Type, { type Static } from 'typebox'

const Timestamp = (description: string) => Type.String({ format: 'date-time', description })

/** What is told of an uploaded file. */
export const UploadedFile = Type.Object(
  {
    file_id: Type.String({ format: 'uuid', description: 'UUID (v7) of the file.' }),
    url: Type.String({
      format: 'uri',
      description: 'Works as image_url, video_url, audio_url and the like, and for anyone who knows it.',
    }),
    file_name: Type.Union([Type.String(), Type.Null()], {
      description: 'What the uploader called it; null for a data: URL that came in an input.',
    }),
    content_type: Type.String({
      examples: ['image/png'],
      description: 'What the bytes are, whatever the uploader said they were.',
    }),
    size_bytes: Type.Integer({ minimum: 1, description: 'Bytes.' }),
    width: Type.Optional(Type.Integer({ minimum: 1, description: 'Pixels, upright. Of images and videos.' })),
    height: Type.Optional(Type.Integer({ minimum: 1, description: 'Pixels, upright. Of images and videos.' })),
    duration: Type.Optional(Type.Number({ minimum: 0, description: 'Seconds. Of videos and sounds.' })),
    mode: Type.Enum(['live', 'test'], { description: 'The mode of the key that uploaded it.' }),
    created_at: Timestamp('ISO 8601 in UTC with milliseconds.'),
    expires_at: Timestamp('When it is removed. A request that uses it keeps it until that request is over.'),
  },
  { title: 'File', description: 'An uploaded input.' },
)
/** A value of {@link UploadedFile}. */
export type UploadedFile = Static<typeof UploadedFile>

/** A page of files. */
export const FileList = Type.Object(
  {
    data: Type.Array(UploadedFile, { description: 'Newest first.' }),
    next_cursor: Type.Union([Type.String(), Type.Null()], {
      description: 'Send it as cursor for the next page; null on the last one.',
    }),
  },
  { title: 'FileList' },
)
/** A value of {@link FileList}. */
export type FileList = Static<typeof FileList>
