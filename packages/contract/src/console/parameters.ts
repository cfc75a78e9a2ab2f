import Type from 'typebox'

/** Path parameters of console operations. */
export const id = (what: string) => Type.String({ minLength: 1, maxLength: 128, description: `UUID of the ${what}.` })

/** A moment on the wire. */
export const time = (description: string) => Type.String({ format: 'date-time', description })

/** A moment that may not be there. */
export const optionalTime = (description: string) =>
  Type.Union([Type.String({ format: 'date-time' }), Type.Null()], { description })

/** An email address, as it is typed. */
export const email = Type.String({ minLength: 3, maxLength: 254, description: 'Email address.' })

/** A password, as it is typed. */
export const password = (description: string) => Type.String({ minLength: 1, maxLength: 128, description })

/** Role of a member in an account. */
export const role = Type.Enum(['owner', 'member'], { description: 'An owner may invite and remove members besides.' })

/** An answer that only says it was done. */
export const DONE = { 204: { description: 'Done.', schema: null } } as const
