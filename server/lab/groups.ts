/** Connections that asked to share a fate, by the name that they gave. */
import type { Group, Line } from '#server/lab/behaviour.ts'

export interface Groups {
  join(name: string, line: Line): Group
  /** Must be called when a line has ended; the last one takes the group's timer with it. */
  leave(line: Line): void
}

interface Members {
  readonly lines: Set<Line>
  timer: NodeJS.Timeout | undefined
}

export function createGroups(): Groups {
  const groups = new Map<string, Members>()
  return {
    join: (name, line) => {
      const members = groups.get(name) ?? { lines: new Set(), timer: undefined }
      groups.set(name, members)
      members.lines.add(line)
      return {
        once: (ms, action) => {
          members.timer ??= setTimeout(() => {
            // A line that joins from now on waits for the next time.
            groups.delete(name)
            for (const member of members.lines) action(member)
          }, ms)
        },
      }
    },
    leave: (line) => {
      for (const [name, members] of groups) {
        if (!members.lines.delete(line) || members.lines.size > 0) continue
        clearTimeout(members.timer)
        groups.delete(name)
      }
    },
  }
}
