import type { ChecklistItem } from '#lib/checklist/item.ts'

/** The ends of facts' names that are units, and how they read behind a number. */
const units = { _ms: 'ms', _seconds: 's', _mebibytes: 'MiB', _percent: '%', _days: 'days' }
/** Variables of the environment whose value is a time. */
const seconds: ReadonlySet<string> = new Set(['WS_PING_INTERVAL', 'WS_PING_TIMEOUT'])
/** Numbers that count something: those of ports and statuses name it, and are written without a comma. */
const counts: ReadonlySet<string> = new Set(['open', 'limit'])

/** A fact as a person reads it: `event_loop_delay_max_ms: 3` is "event loop delay max", "3 ms". */
export function factWords(
  name: string,
  value: ChecklistItem['facts'][string],
): { name: string; value: string } {
  const text = textOf(name, value)
  if (seconds.has(name)) return { name, value: `${text} s` }
  const [suffix, unit] = Object.entries(units).find(([end]) => name.endsWith(end)) ?? ['', '']
  const bare = suffix === '' ? name : name.slice(0, -suffix.length)
  // Paths and variables stay as they are written.
  const isWritten = /^[A-Z/]/.test(bare)
  return {
    name: isWritten ? bare : bare.replaceAll('_', ' '),
    value: unit === '' ? text : `${text}${unit === '%' ? '' : ' '}${unit}`,
  }
}

function textOf(name: string, value: ChecklistItem['facts'][string]): string {
  if (Array.isArray(value)) return value.join(', ') || 'none'
  return typeof value === 'number' && counts.has(name) ? value.toLocaleString('en') : String(value)
}
