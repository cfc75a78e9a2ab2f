import type { Account } from '@clipia/contract'
import { getAccount } from '../../../accounts/get-account.ts'
import { toCredits } from '../../../credits/amount.ts'
import type { Handler } from '../../handler.ts'
import type { Services } from '../../services.ts'

/** GET /v1/account */
export function getAccountRoute({ database, clock }: Services): Handler<'getAccount'> {
  return async ({ key }) => {
    const account = await getAccount(database, key.accountId, clock.now())
    const body: Account = {
      account_id: key.accountId,
      balance: { credits: toCredits(account.balance), reserved: toCredits(account.reserved) },
      usage_30d: { requests: account.requests30d, credits_spent: toCredits(account.spent30d) },
    }
    return { body }
  }
}
