'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import { type Page, pages } from './pages.ts'

const place = {
  phone:
    'max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:border-t max-md:border-line max-md:bg-ground max-md:pb-[env(safe-area-inset-bottom)]',
  wide: 'md:mt-3.5',
}

const isHere = ({ href, also }: Page, path: string): boolean =>
  href === '/' ? path === '/' : [href, ...(also ?? [])].some((start) => path.startsWith(start))

/** The navigation "Main": a column at the left of a wide screen, a bar at the bottom of a phone. */
export function MainNav() {
  const path = usePathname()
  return (
    <nav aria-label="Main" className={cx(place.phone, place.wide)}>
      <ul className="flex max-md:h-[58px] md:flex-col md:gap-0.5">
        {pages.map((page) => {
          const here = isHere(page, path)
          return (
            <li key={page.href} className="max-md:flex-1">
              <Link
                href={page.href}
                aria-current={here ? 'page' : undefined}
                className={cx(
                  'flex items-center rounded-box transition-colors duration-100 hover:text-text',
                  'max-md:h-full max-md:flex-col max-md:justify-center max-md:gap-1 max-md:text-tiny',
                  'md:h-8 md:pointer-coarse:h-11 md:gap-3 md:px-2 lg:px-2.5 md:max-lg:justify-center',
                  here ? 'font-medium text-text md:bg-raised' : 'text-soft',
                )}
              >
                <Icon of={page.icon} />
                <span className="md:max-lg:sr-only">{page.label}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
