/**
 * Answers what the work answers, or after `limitMs` what `late` says or throws; the work then goes on unheard. Clients of
 * MCP give up on a tool after a minute or less and lose what it would have said.
 */
export async function answerWithin<T>(limitMs: number, work: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs)
  }).then(late)
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
