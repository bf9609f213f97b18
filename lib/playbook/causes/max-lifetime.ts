import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { wasCut } from '#lib/facts/retries.ts'
import { toldByAny } from '#lib/facts/told.ts'
import {
  decisive,
  defineCause,
  likely,
  possible,
  ruledOut,
  type Signal,
  say,
  strong,
  weighed,
} from '#lib/playbook/cause.ts'
import { crowdTimer } from '#lib/playbook/weighing/crowd.ts'
import {
  isInstant,
  isTooYoung,
  outlivedItsSilence,
  secondsOf,
  tooSoon,
} from '#lib/playbook/weighing/cut-times.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { durationWords } from '#lib/playbook/weighing/duration-words.ts'
import { fingerprint } from '#lib/playbook/weighing/fingerprint.ts'
import { observedSeconds } from '#lib/playbook/weighing/observed-timer.ts'
import { wordFinding } from '#lib/playbook/weighing/word-finding.ts'
import { caddy } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

const PING = 9

function signals(facts: Facts): Signal[] {
  const { cuts, settings, retries, probe } = facts
  const found: Signal[] = []
  const cut = cuts.any
  const limit = cut && settings.lifetime.find((known) => closeTo(cut.ageMs, known.seconds * 1000))
  if (limit && cut) {
    const says = sentence`The connection was ${secondsOf(cut.ageMs)} old, and ${limit.setting} ends it at that age`
    found.push(strong(say(says, limit.from)))
  }
  // A server that pings may miss our pongs at the same age each time; then the age alone tells nothing.
  const pinged = probe?.frames.some(({ opcode }) => opcode === PING)
  const first = cuts.probe ?? cut
  for (const retry of pinged || isTooYoung(facts) ? [] : retries.heartbeat) {
    if (!first || !wasCut(retry) || !closeTo(retry.outcome.ms ?? 0, first.ageMs)) continue
    const says = sentence`With a heartbeat it was cut at the same age (${secondsOf(first.ageMs)}) all the same`
    found.push(strong(say(says, retry.from)))
  }
  const crowd = crowdTimer(facts, 'lifetime')
  if (crowd) found.push(strong(crowd))
  const said = toldByAny(facts.told, 'lifetime')
  if (said) found.push(decisive(say(sentence`It was ended over its age: ${said.detail}`, said.from)))
  return found
}

const MINUTE_MS = 60_000

/** It was cut amid traffic, or after a silence like others before, when it was whole minutes old. */
function isRoundAge(facts: Facts): boolean {
  const cut = facts.cuts.any
  if (cut === undefined || cut.ageMs < MINUTE_MS / 2) return false
  if (cut.silenceMs >= 1000 && !outlivedItsSilence(facts)) return false
  const minutes = Math.round(cut.ageMs / MINUTE_MS)
  return minutes > 0 && Math.abs(cut.ageMs - minutes * MINUTE_MS) <= Math.max(300, cut.ageMs * 0.002)
}

export default defineCause({
  id: 'max-lifetime',
  stage: 'lost',
  side: 'proxy',
  title: 'Maximum connection age reached',
  symptom: 'The connection drops with 1006 at a fixed age, even when busy.',
  endings: ['dropped', 'closed'],
  needs: ['retries.heartbeat_seconds', 'peers', 'proxy.config'],

  signals,

  test: (facts, signals) => {
    if (facts.ending.kind === 'closed') {
      const word = wordFinding(facts, 'lifetime')
      if (word) return word
      const crowd = facts.peers?.sentAway && crowdTimer(facts, 'lifetime')
      return crowd ? likely(...facts.ending.because, crowd) : ruledOut(...facts.ending.because)
    }
    const finding = dropFinding(facts, signals, 0.45)
    if (finding.is !== 'possible') return finding
    if (isInstant(facts)) return ruledOut(tooSoon(facts))
    const known = fingerprint(facts, 'lifetime')
    if (isRoundAge(facts)) return weighed(possible(...finding.because, ...(known ? [known] : [])), 0.65)
    return known ? weighed(possible(...finding.because, known), 0.45) : finding
  },

  explain: {
    wire: 'A platform or proxy limits the age of a connection. Google’s load balancer has 30 s by default, Cloud Run 5 min, API Gateway 2 h, and Caddy `stream_timeout`.',
    browser:
      'Without a Close frame, the browser reports 1006. There is no error event and nothing in the console, so at least six causes look the same.',
    sure: 'Send a message every second. If it still drops at the same age, it is a lifetime limit.',
    sources: [
      { title: 'Cloud Run, WebSockets', url: 'https://cloud.google.com/run/docs/triggering/websockets' },
    ],
  },

  fix: (facts) => {
    const seconds = observedSeconds(facts, 'lifetime')
    return {
      summary:
        seconds === undefined
          ? sentence`Raise the limit where there is one, and open the next connection before it strikes.`
          : sentence`Open the next connection before the limit of ${durationWords(seconds)} strikes, or raise it where it is yours.`,
      changes: [
        {
          program: 'browser',
          where: sentence`In the client: open the next connection, then close this one`,
          text:
            seconds === undefined
              ? js`setTimeout(openNext, YOUR_SECONDS * 1000)`
              : js`setTimeout(openNext, ${Math.max(1, Math.floor(seconds * 1000 * 0.9))})`,
        },
        {
          program: 'caddy',
          where: sentence`Caddy 2.7 or later, reverse_proxy: no limit`,
          text: caddy`stream_timeout 0`,
        },
        {
          program: 'google-cloud',
          shownOnly: true,
          where: sentence`Cloud Run (60 min at most)`,
          text: shell`gcloud run services update YOUR_SERVICE --timeout=3600`,
        },
        {
          program: 'google-cloud',
          shownOnly: true,
          where: sentence`Google Cloud load balancer (one day)`,
          text: shell`gcloud compute backend-services update YOUR_BACKEND_SERVICE --global --timeout=86400`,
        },
      ],
    }
  },

  reproduce: 'max-lifetime',
})
