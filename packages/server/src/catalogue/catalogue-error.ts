/** One mistake in a model file, at the place an editor should jump to. */
export interface Mistake {
  /** Path of the file, as the folder was given. */
  readonly file: string
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  readonly message: string
}

/** The mistake as `file:line:column message`, which editors and terminals can follow. */
export function describeMistake({ file, line, column, message }: Mistake): string {
  return `${file}:${line}:${column} ${message}`
}

/** The catalogue cannot be used; `mistakes` has every one that was found, in the order of files and lines. */
export class CatalogueError extends Error {
  readonly mistakes: readonly Mistake[]

  constructor(mistakes: readonly Mistake[]) {
    const lines = mistakes.map(describeMistake)
    super(`the model files have ${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}\n${lines.join('\n')}`)
    this.name = 'CatalogueError'
    this.mistakes = mistakes
  }
}
