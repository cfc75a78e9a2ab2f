import { Link } from 'wouter'

/** The way to the page of a request, by the ends of its id. */
export function RequestLink({ id }: { id: string }) {
  return (
    <Link
      href={`/requests/${id}`}
      title={id}
      className="font-mono text-xs whitespace-nowrap text-accent hover:underline"
    >
      <span className="max-sm:hidden">{id.slice(0, 8)}</span>…{id.slice(-4)}
    </Link>
  )
}
