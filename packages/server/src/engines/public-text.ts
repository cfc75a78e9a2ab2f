/** An engine's words, fit for a caller or a log line: one line, no control, format or broken characters, bounded. */
export function toPublicText(text: string, limit: number): string {
  return text
    .slice(0, limit * 2)
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, limit)
    .toWellFormed()
}
