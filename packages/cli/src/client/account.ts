import { formatCredits } from '../terminal/format-credits.ts'
import type { ClientContext, ClientFlags } from './context.ts'

/** `clipia account` */
export async function account({ clipia, terminal, isSandbox }: ClientContext, _flags: ClientFlags): Promise<void> {
  const answer = await clipia.account.get()
  if (!terminal.isForPeople) {
    terminal.json(answer)
    return
  }
  const { account_id, balance, usage_30d: usage } = answer
  terminal.line(`account   ${account_id}${isSandbox ? '  (sandbox key)' : ''}`)
  terminal.line(`balance   ${terminal.paint('bold', formatCredits(balance.credits))}, ${balance.reserved} reserved`)
  terminal.line(`30 days   ${usage.requests} generations, ${formatCredits(usage.credits_spent)} spent`)
}
