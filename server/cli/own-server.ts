/** The Why1006 server that a command talks to. */
import { sentence } from '#lib/text/foreign.ts'
import { UsageError } from '#server/cli/command.ts'

/** What the usage of a command says of the one that is not named. */
export const ownServerUsage = 'default: WHY1006_URL, or http://localhost:9000, or PORT'

/** @returns the server that `--server` names, or else the one of this machine. @throws UsageError */
export function ownServer({ server: named }: { readonly server?: string | undefined }): URL {
  const text = named ?? (process.env.WHY1006_URL || `http://localhost:${process.env.PORT || 9000}`)
  const server = URL.parse(text)
  if (server === null || !/^https?:$/.test(server.protocol)) {
    const where = named === undefined ? sentence`WHY1006_URL` : sentence`--server`
    throw new UsageError(sentence`${where} takes an http or https URL, not “${text}”.`)
  }
  return server
}
