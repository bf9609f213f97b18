/** What the check of the proxy's configuration says of a cause. */
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'

/** Empty where it says nothing, or where there is no configuration. */
export const configSays = ({ settings }: Facts, cause: string): Because[] =>
  settings.findings.filter((finding) => finding.cause === cause).map(({ says, from }) => say(says, from))
