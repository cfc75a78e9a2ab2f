import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Keeps secrets out of the database in clear. */
export interface Sealer {
  /** Encrypts a text; the same text never seals to the same twice. */
  seal(text: string, context: string): string
  /** Decrypts what {@link seal} made. Throws when the key or the context is another, or a bit was changed. */
  open(sealed: string, context: string): string
}

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals by AES-256-GCM with a key of 32 bytes, derived for this purpose. The context says whose secret it is and what
 * for: what was sealed for one row cannot be moved to another.
 */
export function createSealer(key: Buffer): Sealer {
  return {
    seal(text, context) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(context))
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, encrypted, cipher.getAuthTag()]).toString('base64')
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64')
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES))
      const encrypted = bytes.subarray(NONCE_BYTES, -TAG_BYTES)
      return Buffer.concat([decipher.update(encrypted), decipher.final()]).toString('utf8')
    },
  }
}
