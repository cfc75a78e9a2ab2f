/** An engine's words, fit for a log line: one line, no control, format or broken characters, bounded. */
export function toPublicText(text: string, limit: number): string {
  return text
    .slice(0, limit * 2)
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()
    .slice(0, limit)
    .toWellFormed()
}

/** An engine's words, fit for a caller: besides, no URL, host, path or long token of the engine is left. */
export function toPublicMessage(text: string, limit: number): string {
  const clean = toPublicText(text, limit * 2)
    .replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>]+/gi, '[link]')
    .replaceAll(/\bdata:[a-z]+\/[^\s"'<>]+/gi, '[data]')
    .replaceAll(/\b(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+):\d{2,5}\b/gi, '[host]')
    .replaceAll(/\b(?:[a-z0-9-]+\.)+(?:ai|app|cloud|com|dev|internal|io|lan|local|net|org|run)\b/gi, '[host]')
    .replaceAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '[host]')
    .replaceAll(/(?<![\w/])(?:\/[\w.@-]+){2,}\/?/g, '[path]')
    .replaceAll(/[\w+/=-]{40,}/g, '[...]')
  return toPublicText(clean, limit)
}
