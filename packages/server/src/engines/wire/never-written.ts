/** Refusals of a certificate: they end the TLS handshake, before the first byte of a request. */
const CERTIFICATE_CODES: ReadonlySet<unknown> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/**
 * The code of a failed fetch when it is certain that no byte of the request left this machine, else null.
 *
 * The proof is the system call that failed, not the code: `ECONNRESET` of `connect` never carried a request, `ECONNRESET`
 * of `read` may have. Node puts `getaddrinfo` on DNS failures and `connect` on what ends an attempt to connect; with
 * several addresses all attempts must have failed so. Whatever is not listed (`UND_ERR_SOCKET`, a broken TLS handshake
 * without a verdict, an abort) proves nothing.
 */
export function neverWrittenCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  if (error instanceof AggregateError) {
    const codes = error.errors.map(neverWrittenCode)
    return codes.every((each) => each !== null) ? (codes[0] ?? null) : null
  }
  const isProof =
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    CERTIFICATE_CODES.has(code)
  if (isProof) return String(code)
  // Ports of other protocols are refused by fetch itself, by a word and no code.
  if (error.message === 'bad port') return 'bad port'
  // Node's fetch says "fetch failed" and keeps what happened as its cause.
  return error instanceof TypeError && error.cause !== undefined ? neverWrittenCode(error.cause) : null
}
