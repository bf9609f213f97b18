'use client'
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import type { LogEntry } from '#lib/store/connection/message-log.ts'
import { searchText } from './entry-text.ts'

export const directions = ['all', 'in', 'out'] as const

const parameters = {
  messages: parseAsString.withDefault(''),
  direction: parseAsStringLiteral(directions).withDefault('all'),
  /** Leaves out the page's own pings and their answers. */
  nopings: parseAsBoolean.withDefault(false),
}

export interface MessageFilterState {
  messages: string
  direction: (typeof directions)[number]
  nopings: boolean
}

/** The filter of the log "Messages", part of the address. */
export function useMessageFilter() {
  return useQueryStates(parameters, { history: 'replace', shallow: true })
}

/** The filter as a test. Notes (opened, closed) show with every direction: they are what the messages stand between. */
export function messageMatcher(filter: MessageFilterState): (entry: LogEntry) => boolean {
  const needle = filter.messages.trim().toLowerCase()
  return (entry) => {
    if (entry.type === 'message') {
      if (filter.direction !== 'all' && entry.direction !== filter.direction) return false
      if (filter.nopings && entry.isPing) return false
    }
    return needle === '' || searchText(entry).toLowerCase().includes(needle)
  }
}
