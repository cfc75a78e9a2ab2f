import { useSearchParams } from 'wouter'

/** What a reader looks for, kept in the address: how to read a part of it, and how to change one. Empty: anything. */
export function useAddressFilter(): [read: (name: string) => string, change: (name: string, value: string) => void] {
  const [query, setQuery] = useSearchParams()
  const change = (name: string, value: string) =>
    setQuery(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === '') after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  return [(name) => query.get(name) ?? '', change]
}
