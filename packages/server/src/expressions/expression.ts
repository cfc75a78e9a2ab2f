import jsonata from 'jsonata'
import type { JsonValue } from '../json.ts'

/** What an expression may take: an operator's slip (a loop, a range without end) must not hold up the server. */
const BOUNDS = { timeout: 1_000, stack: 100, sequence: 10_000 } as const

/** Bounds hold between the steps of an expression, not inside a regular expression; so there are none of those. */
class NoRegularExpressions {
  constructor() {
    throw new Error('regular expressions are not supported')
  }
}

/** A JSONata expression, read once. */
export interface Expression {
  /**
   * Evaluates it over a value, with variables by name (`$settings`); undefined where it finds nothing. Throws for one
   * that fails or exceeds its bounds.
   */
  evaluate(input: JsonValue, variables?: Readonly<Record<string, JsonValue>>): Promise<JsonValue | undefined>
}

/** Reads an expression; throws an Error whose message says what is wrong with it. */
export function parseExpression(text: string): Expression {
  let expression: jsonata.Expression
  try {
    expression = jsonata(text, { ...BOUNDS, RegexEngine: NoRegularExpressions as unknown as RegExpConstructor })
  } catch (error) {
    throw new Error(messageOf(error), { cause: error })
  }
  if (holdsRegularExpression(expression.ast())) throw new Error('regular expressions are not supported')
  return {
    async evaluate(input, variables = {}) {
      try {
        const value: unknown = await expression.evaluate(input, { ...variables })
        // Plain JSON: JSONata marks its sequences with properties of their own, and its functions are values.
        const json = value === undefined ? undefined : JSON.stringify(value)
        return json === undefined ? undefined : JSON.parse(json)
      } catch (error) {
        throw new Error(`the expression ${text.slice(0, 200)} failed: ${messageOf(error)}`, { cause: error })
      }
    },
  }
}

/** JSONata throws plain objects. */
function messageOf(error: unknown): string {
  return String((error as { message?: unknown } | null)?.message ?? error)
}

function holdsRegularExpression(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  if ((node as { type?: unknown }).type === 'regex') return true
  return Object.values(node).some(holdsRegularExpression)
}
