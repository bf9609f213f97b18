/**
 * Ends that name no connection. A server that writes `connection closed` and no more says that one of those that are open has
 * ended: which one is sure only while there is one. Of several the oldest is taken for it, and from then on nobody knows how
 * old any of them were.
 */
import type { AppRecord, LineFormat } from '#lib/logs/record.ts'

/** Formats that say less than a name when a connection ends: all that the end has in common with the beginning. */
const GROUP_OF: Partial<Record<LineFormat, (record: AppRecord) => string>> = {
  asgi: () => '',
  phoenix: () => '',
  rails: ({ client, path }) => `${client} ${path}`,
}

const GIVEN = '#'

/** Whether an id is a name that was given here. */
export const isGiven = (id: string): boolean => id.startsWith(GIVEN)

/** Beyond it the oldest of a group are forgotten: some servers never say that one ended. */
const MOST_OPEN = 10_000
const MOST_GROUPS = 10_000

interface Group {
  /** Oldest first. */
  open: { id: string; isSure: boolean }[]
  /** Refused ones, of which the end is told as well. */
  refused: number
  /** Opened by a line that named nobody. */
  begun: number
}

/** Gives each record of such a format the client id of its connection; undefined where it tells nothing of any. */
export function createNaming(): (record: AppRecord) => AppRecord | undefined {
  const groups = new Map<string, Group>()
  let count = 0
  /** The group of the latest that began. */
  let last: Group | undefined

  const groupOf = (key: string): Group => {
    const known = groups.get(key)
    if (known !== undefined) return known
    if (groups.size >= MOST_GROUPS) groups.clear()
    const group: Group = { open: [], refused: 0, begun: 0 }
    groups.set(key, group)
    return group
  }
  const opened = (group: Group, record: AppRecord): AppRecord => {
    const id = record.clientId ?? `${GIVEN}${record.format} ${count++}`
    if (record.format === 'rails') last = group
    group.open.push({ id, isSure: true })
    group.begun++
    if (group.open.length > MOST_OPEN) group.open.splice(0, MOST_OPEN / 2)
    return { ...record, clientId: id }
  }
  const ended = (group: Group, record: AppRecord): AppRecord | undefined => {
    if (group.refused > 0) {
      group.refused--
      return undefined
    }
    if (group.open.length > 1) for (const each of group.open) each.isSure = false
    const first = group.open.shift()
    if (first === undefined) return undefined
    return { ...record, clientId: first.id, ...(!first.isSure && { isOneOfSeveral: true as const }) }
  }

  /** Rails says first that it began, and then, without a name, that it did not become one. */
  const refused = (group: Group, record: AppRecord): AppRecord | undefined => {
    if (record.client !== undefined || record.format !== 'rails') {
      group.refused++
      return record
    }
    const begun = last?.open.pop()
    // Why it was refused is told first, and that it was in another line.
    if (last === undefined || begun === undefined) return last === undefined ? record : undefined
    last.refused++
    return { ...record, clientId: begun.id }
  }

  return (record) => {
    const grouping = GROUP_OF[record.format]
    if (grouping === undefined) return record
    const group = groupOf(`${record.format} ${grouping(record)}`)
    if (record.event === 'accepted') return opened(group, record)
    if (record.event === 'disconnected') return ended(group, record)
    if (record.event === 'rejected') return refused(group, record)
    if (record.state !== 'open') return record
    // A connection that was begun and never accepted: its handler failed before, which is answered 500.
    if (group.begun > 0) {
      group.begun--
      return record
    }
    group.refused++
    return { ...record, event: 'rejected', status: 500 }
  }
}
