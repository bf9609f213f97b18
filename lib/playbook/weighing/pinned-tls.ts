/** A version of TLS that somebody's own code pins, where no other end agrees to it. */
import { isNewest, isOutdated } from '#lib/applications/tls-versions.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { sentence } from '#lib/text/foreign.ts'

export type PinnedTls = {
  because: Because
  /** As the code has it. */
  name: string
  /** TLS 1.1 or older: nobody of today takes it. Else nothing older than 1.3. */
  isOutdated: boolean
}

/** Undefined where no code that was brought pins a version that the other end may lack. */
export function pinnedTls({ evidence }: Facts): PinnedTls | undefined {
  const set = evidence.application?.tls_versions ?? []
  const pins = set.flatMap(({ name, version, does }) =>
    does === 'at_least' || does === 'at_most' || does === 'only' ? [{ name, version, does } as const] : [],
  )
  const old = pins.find(isOutdated)
  if (old) {
    const says = sentence`Your code allows nothing newer than TLS ${old.version}: ${old.name}`
    return { because: say(says, 'application.tls_versions'), name: old.name, isOutdated: true }
  }
  const newest = pins.find(isNewest)
  if (newest === undefined) return undefined
  const says = sentence`Your code allows nothing older than TLS 1.3: ${newest.name}`
  return { because: say(says, 'application.tls_versions'), name: newest.name, isOutdated: false }
}
