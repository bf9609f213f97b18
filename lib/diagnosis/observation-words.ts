import type { Report } from '#lib/diagnosis/report.ts'
import type { Observation } from '#lib/playbook/cause.ts'

/** Each observation as something that a person can go and get. */
export const observationWords = {
  'browser.events': 'the order of error, open and close events in the page',
  'browser.console': 'what the browser console says',
  probe: 'a probe of the same URL, which sees status and headers',
  'proxy.access_log': 'the access log of the proxy',
  'proxy.error_log': 'the error log of the proxy',
  'proxy.config': 'the configuration of the proxy',
  server: 'what the server behind it received and logged',
  peers: 'how other connections to the same server ended',
  'retries.url': 'a try at another URL, such as the server without the proxy',
  'retries.origin': 'a try with another Origin',
  'retries.subprotocols': 'a try with other subprotocols',
  'retries.heartbeat_seconds': 'a try with a heartbeat',
  'retries.scheme': 'a try with ws:// instead of wss://, or the reverse',
} satisfies Record<Observation, string>

const MOST_OBSERVATIONS = 4
const MOST_CAUSES = 4

/** What a person can go and get, the most telling first, and which causes it would settle; the rest is counted. */
export function missingWords(missing: Report['missing']): { what: string; causes: string[]; more: number }[] {
  const known: Readonly<Record<string, string>> = observationWords
  return missing.slice(0, MOST_OBSERVATIONS).map(({ observation, would_settle: settles }) => {
    const words = known[observation] ?? observation
    return {
      what: words.charAt(0).toUpperCase() + words.slice(1),
      causes: settles.slice(0, MOST_CAUSES),
      more: Math.max(0, settles.length - MOST_CAUSES),
    }
  })
}
