/** Every cause there is, in the order in which a connection could fail. */
import type { Cause } from '#lib/playbook/cause.ts'
import connectionRefused from '#lib/playbook/causes/connection-refused.ts'
import idleTimeout from '#lib/playbook/causes/idle-timeout.ts'
import originRejected from '#lib/playbook/causes/origin-rejected.ts'
import upgradeHeadersStripped from '#lib/playbook/causes/upgrade-headers-stripped.ts'

export const catalogue: readonly Cause[] = [
  connectionRefused,
  upgradeHeadersStripped,
  originRejected,
  idleTimeout,
]

const byId = new Map(catalogue.map((cause) => [cause.id, cause]))

export const causeOf = (id: string): Cause | undefined => byId.get(id)
