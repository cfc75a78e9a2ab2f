/** Balance and usage of the account a key belongs to. */
export interface Account {
  account_id: string
  balance: {
    /** Credits that can be spent now. */
    credits: number
    /** Credits charged for generations that are not over. */
    reserved: number
  }
  usage_30d: {
    /** Live generations of the last 30 days. */
    requests: number
    /** What they cost, less refunds. */
    credits_spent: number
  }
}
