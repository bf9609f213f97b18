/** What the check of the proxy's configuration, and the proxy itself, say of a cause. */
import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import { excerpt, sentence } from '#lib/text/foreign.ts'

/** Empty where it says nothing, or where there is no configuration. */
export const configSays = ({ settings }: Facts, cause: string): Because[] =>
  settings.findings.filter((finding) => finding.cause === cause).map(({ says, from }) => say(says, from))

/** The proxy's own word that it does not start with its configuration. */
export function configRefused({ proxy, told }: Facts): Because | undefined {
  const notice = noticeOf(proxy, 'refuses-to-start')
  if (notice) return say(sentence`The proxy refuses to start: “${excerpt(notice.record.text)}”`, notice.from)
  const words = told.proxy.find(({ means }) => means === 'config-refused')
  return words && say(sentence`The proxy refuses its configuration: ${words.detail}`, words.from)
}
