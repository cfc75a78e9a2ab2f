/** What a part of code is, for its color. */
export type TokenKind = 'comment' | 'text' | 'keyword' | 'flag' | 'number' | 'plain'

/** A part of code. */
export interface Token {
  kind: TokenKind
  text: string
}

const RULES: readonly (readonly [TokenKind, RegExp])[] = [
  ['comment', /(?<=^|\s)(?:#|\/\/)[^\n]*/my],
  ['text', /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\]|\\.)*'/y],
  ['keyword', /\b(?:import|from|const|await|export|curl|clipia|print|True|False|None|true|false|null)\b/y],
  ['flag', /--?[A-Za-z][\w-]*/y],
  ['number', /(?<![\w.:/-])\d+(?:\.\d+)?\b(?![.:])/y],
  ['plain', /\s+|[\w$]+|[^\w\s]/y],
]

/** Parts code for colors. The parts put together are the code; what no rule knows is plain. */
export function highlight(code: string): Token[] {
  const tokens: Token[] = []
  let index = 0
  while (index < code.length) {
    let token: Token = { kind: 'plain', text: code.charAt(index) }
    for (const [kind, pattern] of RULES) {
      pattern.lastIndex = index
      const text = pattern.exec(code)?.[0]
      if (text !== undefined && text !== '') {
        token = { kind, text }
        break
      }
    }
    const last = tokens.at(-1)
    if (last?.kind === token.kind) last.text += token.text
    else tokens.push(token)
    index += token.text.length
  }
  return tokens
}
