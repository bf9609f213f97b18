'use client'
import { useLive } from '#components/core/live-core.ts'
import { socketOrigin } from '#components/core/typed.ts'
import { selectRecentUrls } from '#lib/store/selectors.ts'
import type { Suggestion } from './url-combobox.tsx'

const endpoints = [
  { path: '/ws/health', note: 'heartbeats' },
  { path: '/ws/echo', note: 'echoes everything' },
  { path: '/ws', note: 'ping and pong' },
]

/** This server's endpoints, then the URLs used before, newest first, each once. */
export function useSuggestions(pageOrigin: string): Suggestion[] {
  const recent = useLive(selectRecentUrls)
  const own = endpoints.map(({ path, note }) => ({ url: `${socketOrigin(pageOrigin)}${path}`, note }))
  const known = new Set(own.map((one) => one.url))
  return [...own, ...recent.filter((url) => !known.has(url)).map((url) => ({ url, note: 'recent' }))]
}
