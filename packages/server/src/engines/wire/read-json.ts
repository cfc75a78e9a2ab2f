/** No honest answer is larger, where it does not hold media; a body is cut off there, decompressed bytes counted. */
const MAX_BODY_BYTES = 1024 * 1024

/** Reads a bounded JSON body; throws for one that is larger, cut short or no JSON. */
export async function readJson(response: Response, maxBytes = MAX_BODY_BYTES): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  // Leaving the loop by a throw cancels the stream, and with it the connection.
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw new Error(`the engine's answer is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder().decode(Buffer.concat(chunks)))
  } catch (error) {
    throw new Error(`the engine answered ${response.status} with a body that is no JSON`, { cause: error })
  }
}
