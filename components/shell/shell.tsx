import Link from 'next/link'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { Toasts } from '#components/ui/toasts.tsx'
import { Hotkeys } from './hotkeys.tsx'
import { KeepingBannerIsland } from './keeping-banner-island.tsx'
import { LiveCornerIsland } from './live-corner-island.tsx'
import { MainNav } from './main-nav.tsx'
import type { Theme } from './theme.ts'
import { ThemeSwitch } from './theme-switch.tsx'

interface Props {
  theme: Theme
  children: ReactNode
}

/**
 * The frame of every page: brand, navigation and server status in a column at the left (a rail of icons below
 * 1024 px); on a phone brand and status on top, navigation at the bottom.
 */
export function Shell({ theme, children }: Props) {
  return (
    <NuqsAdapter>
      <div className="flex min-h-dvh max-md:flex-col">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-70 focus:rounded-box focus:bg-panel focus:p-3"
        >
          Skip to content
        </a>
        <header className="flex border-line max-md:h-11 max-md:items-center max-md:border-b max-md:px-2 md:sticky md:top-0 md:h-dvh md:w-14 md:shrink-0 md:flex-col md:border-r md:p-3 lg:w-46">
          <Brand />
          <MainNav />
          <div className="flex items-center gap-1 max-md:ml-auto max-md:min-w-0 max-md:flex-row-reverse md:mt-auto md:flex-col md:items-stretch md:gap-2">
            <div className="flex items-center md:max-lg:flex-col">
              <Hotkeys />
              <ThemeSwitch initial={theme} />
            </div>
            <LiveCornerIsland />
          </div>
        </header>
        <main id="content" className="min-w-0 flex-1 p-3 max-md:pb-[4.375rem] md:p-4 lg:px-5">
          <KeepingBannerIsland />
          {children}
        </main>
        <Toasts />
      </div>
    </NuqsAdapter>
  )
}

/** The mark and the name: a pulse. Leads home. */
function Brand() {
  return (
    <Link
      href="/"
      aria-label="Why1006, to the Live page"
      className="flex h-8 items-center gap-2 px-2 text-lead font-semibold pointer-coarse:h-11"
    >
      <svg width="22" height="16" viewBox="0 0 22 16" aria-hidden="true" className="shrink-0 text-alive">
        <path
          d="M0 9h4.5l2-3.5L9 1l4 14 2.5-6H22"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinejoin="round"
        />
      </svg>
      <span className="md:max-lg:sr-only">Why1006</span>
    </Link>
  )
}
