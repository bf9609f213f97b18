import Link from 'next/link'
import { cx } from '#components/ui/cx.ts'
import { causeOf } from '#lib/playbook/catalogue.ts'

interface Props {
  id: string
  /** Amid other words, where colour alone would not tell it from them. */
  isInText?: boolean
}

/** A cause by its title, leading to its article. Not fetched ahead: a page may hold a hundred of them. */
export function CauseLink({ id, isInText = false }: Props) {
  return (
    <Link
      href={`/playbook/${id}`}
      prefetch={false}
      className={cx(
        'text-link',
        isInText ? 'underline decoration-edge underline-offset-2' : 'hover:underline',
      )}
    >
      {causeOf(id)?.title ?? id}
    </Link>
  )
}
