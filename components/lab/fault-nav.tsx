import Link from 'next/link'
import { cx } from '#components/ui/cx.ts'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'
import { families, familyNames, faultsOf } from './fault-families.ts'

/** The way from one fault to the next, where a wide screen has room for it; elsewhere "All faults" leads there. */
export function FaultNav({ current }: { current: FaultId }) {
  return (
    <nav
      aria-label="Faults"
      className="sticky top-4 max-h-[calc(100dvh-32px)] self-start overflow-y-auto pb-4 max-wide:hidden"
    >
      {families.map((family) => (
        <section key={family} aria-label={familyNames[family].title} className="mb-3">
          <h2 className="px-2 pb-1 text-tiny font-medium text-faint">{familyNames[family].title}</h2>
          <ul>
            {faultsOf(family).map((id) => (
              <li key={id}>
                <Link
                  href={`/lab?fault=${id}`}
                  prefetch={false}
                  aria-current={id === current ? 'page' : undefined}
                  className={cx(
                    'block rounded-box px-2 py-0.5 text-code',
                    id === current
                      ? 'bg-raised font-medium text-text'
                      : 'text-soft hover:bg-raised hover:text-text',
                  )}
                >
                  {faultOf(id).title}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
