/** What was read of a part of the lines, as plain data: a thread hands it to the one that puts the parts together. */
import type { DoubtfulLine } from '#lib/logs/bytes/doubtful.ts'
import type { LoggedConnection, Place } from '#lib/logs/connection.ts'
import type { TallyData } from '#lib/logs/tally.ts'

export type ScanData = { tally: TallyData; doubtful: DoubtfulLine[]; bytes: number; skimmed: number }

/** Lines of a part count from its beginning until it is known how many lie before it. Changes the data, which nobody else has. */
export function shiftLines({ tally: { connections }, doubtful }: ScanData, linesBefore: number): void {
  if (linesBefore === 0) return
  // A line may be reached in two ways.
  const places = new Set<Place>()
  const add = ({ place }: { place?: Place }) => place && places.add(place)
  const { sockets, doubtful: kept, notices, lifecycle, general, settled } = connections
  for (const lines of [sockets, kept, notices, lifecycle, general]) for (const line of lines) add(line)
  for (const { sample } of settled.groups) for (const connection of sample.list) addAll(connection, add)
  for (const [, connection] of connections.app.connections) addAll(connection, add)
  for (const place of places) place.number += linesBefore
  for (const line of doubtful) line.place.number += linesBefore
}

function addAll(
  { access, told, notices = [] }: LoggedConnection,
  add: (line: { place?: Place }) => void,
): void {
  if (access !== undefined) add(access)
  if (told !== undefined) add(told)
  for (const notice of notices) add(notice)
}
