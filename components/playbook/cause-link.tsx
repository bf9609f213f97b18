import Link from 'next/link'
import { causeOf } from '#lib/playbook/catalogue.ts'

/** A cause by its title, leading to its article. Not fetched ahead: a page may hold a hundred of them. */
export function CauseLink({ id }: { id: string }) {
  return (
    <Link href={`/playbook/${id}`} prefetch={false} className="text-link hover:underline">
      {causeOf(id)?.title ?? id}
    </Link>
  )
}
