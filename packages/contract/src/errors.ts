import Type, { type Static } from 'typebox'

/** Every error answer of the API. */
export const ErrorAnswer = Type.Object(
  {
    error: Type.Object({
      type: Type.String({ description: 'Family of the error, such as invalid_request_error.' }),
      code: Type.String({ description: 'Stable code to branch on, such as model_input_invalid.' }),
      message: Type.String({ description: 'For people; its wording may change.' }),
      param: Type.Optional(Type.String({ description: 'The one field to blame, such as duration or webhook_url.' })),
    }),
  },
  { title: 'Error' },
)
export type ErrorAnswer = Static<typeof ErrorAnswer>
