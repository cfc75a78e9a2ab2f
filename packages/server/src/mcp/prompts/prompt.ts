/** A start of a conversation that people choose in their client, with what they fill in. */
export interface Prompt {
  name: string
  title: string
  description: string
  /** By name, in the order they are asked for; clients send text only. */
  arguments: Readonly<Record<string, PromptArgument>>
  /** What the agent is told; called with every required argument. */
  write(args: Readonly<Record<string, string | undefined>>): string
}

/** One thing to fill in. */
export interface PromptArgument {
  description: string
  isRequired?: boolean
  /** What may be offered while it is typed. */
  suggestions?: 'image-models' | 'video-models' | readonly string[]
}

/** How any of the prompts spends credits. */
export const SPENDING_RULES = `Money: before anything is made, call get_balance and estimate_cost for every item, add the prices up, and show
me the list with the total. Begin only when I agree. Pass the quote of each estimate to the tool that generates. Repeat a
call that failed or timed out exactly as it was: it is charged once. Never make up an idempotency_key. If an item fails,
tell me what was charged and ask before you try another way.`

/** What a filled-in number or the default says of a whole budget. */
export function budgetSentence(credits: string | undefined): string {
  return credits === undefined ? '' : `\nAll of it together may cost ${credits} credits at most.`
}
