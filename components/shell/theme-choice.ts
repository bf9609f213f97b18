'use client'
/** The theme as it is chosen in this page: by the switch, or by the palette. */
import { useSyncExternalStore } from 'react'
import { parseTheme, type Theme, themeCookie } from './theme.ts'

const yearSeconds = 31_536_000

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The server has written it into the page. */
const current = (): Theme => parseTheme(document.documentElement.dataset.theme)

export const useTheme = (initial: Theme): Theme => useSyncExternalStore(subscribe, current, () => initial)

/** Keeps the choice for a year. */
export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
  // The cookie store is missing where the page is served over http from another host.
  // biome-ignore lint/suspicious/noDocumentCookie: see above
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`
  for (const listener of listeners) listener()
}
