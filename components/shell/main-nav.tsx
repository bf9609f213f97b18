'use client'
import { Ellipsis } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useRef } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Icon } from '#components/ui/icon.tsx'
import { isBeyond, isHere, type Page, pages } from './pages.ts'

const place = {
  phone:
    'max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:flex max-md:border-t max-md:border-line max-md:bg-ground max-md:pb-[env(safe-area-inset-bottom)]',
  wide: 'md:mt-3.5 md:min-h-0 md:overflow-y-auto',
}

/** As many as have room side by side at 320 px. */
const mostInBar = 6

const onPhone = pages.filter(({ from }) => from === undefined)
const underMore = onPhone.length > mostInBar ? onPhone.slice(mostInBar - 1) : []
const inBar = pages.filter((page) => !underMore.includes(page))

const entry =
  'flex items-center rounded-box transition-colors duration-100 hover:text-text md:h-8 md:pointer-coarse:h-11 md:gap-3 md:px-2 lg:px-2.5 md:max-lg:justify-center'
const inColumns = 'max-md:h-full max-md:flex-col max-md:justify-center max-md:gap-1 max-md:text-tiny'
const inMenu = 'max-md:h-11 max-md:gap-3 max-md:px-3'

/**
 * The navigation "Main": a column at the left of a wide screen, a bar at the bottom of a phone. What the bar has no
 * room for is behind its last button, which the browser itself opens: without script too.
 */
export function MainNav() {
  const path = usePathname()
  const more = useRef<HTMLUListElement>(null)
  return (
    <nav aria-label="Main" className={cx(place.phone, place.wide)}>
      <ul className="flex max-md:h-[3.625rem] max-md:min-w-0 max-md:flex-1 md:flex-col md:gap-0.5">
        {inBar.map((page) => (
          <li
            key={page.href}
            className={page.from === undefined ? 'max-md:min-w-0 max-md:flex-1' : 'max-md:hidden'}
          >
            <Entry page={page} path={path} className={inColumns} />
          </li>
        ))}
      </ul>
      {underMore.length > 0 && (
        <>
          <button
            type="button"
            popoverTarget="more-pages"
            className={cx(
              'md:hidden',
              entry,
              inColumns,
              'h-[3.625rem] w-1/6',
              underMore.some((page) => isHere(page, path)) ? 'font-medium text-text' : 'text-soft',
            )}
          >
            <Icon of={Ellipsis} />
            More
          </button>
          <ul
            ref={more}
            id="more-pages"
            popover="auto"
            className="md:static md:mt-0.5 md:flex md:flex-col md:gap-0.5 md:bg-transparent md:text-inherit max-md:inset-auto max-md:right-2 max-md:bottom-[calc(4.125rem+env(safe-area-inset-bottom))] max-md:min-w-44 max-md:rounded-box max-md:border max-md:border-edge max-md:bg-panel max-md:p-1.5 max-md:text-inherit"
          >
            {underMore.map((page) => (
              <li key={page.href}>
                <Entry
                  page={page}
                  path={path}
                  className={inMenu}
                  onFollow={() => more.current?.matches(':popover-open') && more.current.hidePopover()}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </nav>
  )
}

interface EntryProps {
  page: Page
  path: string
  className: string
  onFollow?: () => void
}

function Entry({ page, path, className, onFollow }: EntryProps) {
  const here = isHere(page, path)
  const beyond = isBeyond(page, path)
  return (
    <Link
      href={page.href}
      aria-current={here ? 'page' : beyond ? 'true' : undefined}
      title={page.label}
      onClick={onFollow}
      className={cx(
        entry,
        className,
        here ? 'font-medium text-text md:bg-raised' : 'text-soft',
        beyond && 'max-md:font-medium max-md:text-text',
      )}
    >
      <Icon of={page.icon} />
      <span className="md:max-lg:sr-only">{page.label}</span>
    </Link>
  )
}
