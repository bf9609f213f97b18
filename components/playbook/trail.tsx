import Link from 'next/link'
import { Fragment } from 'react'

/** Where this page stands: the pages above it, from the Playbook down. */
export function Trail({ steps }: { steps: readonly { href: string; label: string }[] }) {
  return (
    <nav aria-label="Trail" className="mb-2 text-soft">
      {steps.map(({ href, label }, index) => (
        <Fragment key={href}>
          {index > 0 && <span aria-hidden="true"> / </span>}
          <Link href={href} className="hover:text-link hover:underline">
            {label}
          </Link>
        </Fragment>
      ))}
    </nav>
  )
}
