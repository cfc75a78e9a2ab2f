import { getSecrets } from './get-secrets.ts'
import type { SecretDependencies, SecretOwner } from './secret-row.ts'

/** Makes signing secrets before they are needed. Those it has seen once cost nothing: secrets change but never go. */
export function createPrepareSecrets(of: SecretDependencies): (owner: SecretOwner) => Promise<void> {
  const seen = new Set<string>()
  return async (owner) => {
    const name = `${owner.accountId} ${owner.mode}`
    if (seen.has(name)) return
    await getSecrets(of, owner)
    seen.add(name)
  }
}
