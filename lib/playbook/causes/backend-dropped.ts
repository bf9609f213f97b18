import { serverPath } from '#lib/facts/backend.ts'
import { closeTo } from '#lib/facts/cut.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { noticeOf } from '#lib/facts/proxy.ts'
import { refusedSince, wasCut } from '#lib/facts/retries.ts'
import { terminationOf } from '#lib/facts/termination.ts'
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
import { hostOf, portWordsOf } from '#lib/playbook/weighing/advice.ts'
import { crowdMoment } from '#lib/playbook/weighing/crowd.ts'
import { isInstant, isTooYoung, secondsOf, timeToCut } from '#lib/playbook/weighing/cut-times.ts'
import { dropFinding } from '#lib/playbook/weighing/drop-finding.ts'
import { endedItself } from '#lib/playbook/weighing/ended-itself.ts'
import { overlappingUse } from '#lib/playbook/weighing/overlapping-use.ts'
import { isErrorPage } from '#lib/playbook/weighing/second-answer.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { js } from '#lib/text/languages.ts'
import { shell } from '#lib/text/shell.ts'

function signals(facts: Facts): Signal[] {
  const found = [...exitSignals(facts), ...proxySignals(facts), ...retrySignals(facts)]
  const failed = facts.told.server.find(({ means }) => means === 'handler-failed')
  // Where nothing tells whether it had opened, the handshake is the likelier place.
  if (failed && !failed.isOfStore && (failed.phase === 'open' || facts.ending.kind !== 'lost'))
    found.push(strong(say(sentence`The server’s own handler failed: ${failed.detail}`, failed.from)))
  const ended = facts.told.server.find(({ means }) => means === 'process-ended')
  if (ended) found.push(strong(say(ended.detail, ended.from)))
  const itself = endedItself(facts)
  // What both ends print says that one of them ended it, and not which.
  if (itself && !itself.from.startsWith('client')) found.push(strong(itself))
  const end = terminationOf(facts.proxy, facts.cuts.any?.ageMs)
  if (!end && found.length === 0) found.push(...byExclusion(facts))
  const moment = crowdMoment(facts)
  if (moment && moment.by !== 'proxy') found.push(strong(moment.because))
  if (moment?.backendGone) found.push(strong(moment.backendGone))
  return found
}

function exitSignals(facts: Facts): Signal[] {
  const { exit } = facts.backend
  const when = exit?.ms === undefined ? 'beside' : timeToCut(facts, exit.ms)
  if (!exit || when === 'after') return []
  if (exit.silent)
    return [strong(say('No sign of life came from the backend’s process any more', serverPath(exit.at)))]
  const how = exit.signal ?? (exit.exitCode === undefined ? undefined : `exit code ${exit.exitCode}`)
  const says =
    how === undefined ? 'The backend’s process ended' : sentence`The backend’s process ended (${how})`
  const because = say(says, serverPath(exit.at))
  // What a process held is closed as it ends: a connection that lived on was another process's.
  return [(when === 'outlived' ? strong : decisive)(because)]
}

/** Whoever holds the port has ended, or ends every connection as soon as it is open. */
function retrySignals(facts: Facts): Signal[] {
  const { retries, cuts } = facts
  const gone = refusedSince(retries)
  if (gone) {
    const says = sentence`The next connection was refused: nothing listens at ${hostOf(facts)} on ${portWordsOf(facts)} any more`
    return [decisive(say(says, gone.from))]
  }
  const ageMs = cuts.probe?.ageMs
  const beaten = retries.heartbeat.find(
    (retry) => wasCut(retry) && closeTo(retry.outcome.ms ?? 0, ageMs ?? 0),
  )
  if (ageMs !== undefined && beaten && isTooYoung(facts)) {
    const says = sentence`Each connection ended ${secondsOf(ageMs)} after the opening, with and without a heartbeat. No timer of a proxy is so short: the server at this address ends them`
    return [strong(say(says, beaten.from))]
  }
  if (ageMs === undefined || !isInstant(facts)) return []
  const again = [...retries.origin, ...retries.again].filter((retry) => wasCut(retry))
  const says = sentence`Each of ${again.length + 1} connections ended right after the opening, this one after ${Math.round(ageMs)} ms: what handles them fails or returns`
  return again[0] ? [strong(say(says, again[0].from))] : []
}

function proxySignals({ proxy, cuts, ending }: Facts): Signal[] {
  const found: Signal[] = []
  // A reset by the client is logged at info; one by the backend at error (ngx_connection_error).
  const reset = noticeOf(proxy, 'tunnel-reset')
  if (reset && reset.record.level !== 'info') {
    found.push(strong(say('The backend reset the connection to the proxy', reset.from)))
  }
  const lost = noticeOf(proxy, 'tunnel-lost')
  if (lost) {
    const says = 'The backend’s machine no longer answered TCP, or could not be reached'
    found.push(strong(say(says, lost.from)))
  }
  const end = terminationOf(proxy, cuts.any?.ageMs)
  if (end?.by === 'server' || end?.by === 'server-down') {
    const says = sentence`HAProxy logged that the server side ended the session (${end.flags})`
    found.push(strong(say(says, end.from)))
  }
  const tunnels = proxy.access.filter(({ record }) => record.status === 101)
  const interrupted = tunnels.filter(({ record }) => record.cut === BY_THE_APP)
  const [first] = interrupted
  if (first && interrupted.length * 2 >= tunnels.length) {
    const says = 'Heroku’s router saw the app end the connection in the middle (H18)'
    found.push(strong(say(says, first.from)))
  }
  if (end?.by === 'nobody' && (ending.seenBy === 'browser' || ending.seenBy === 'probe')) {
    const says = sentence`HAProxy saw an orderly end (${end.flags}); the client did not close, so the backend did`
    found.push(strong(say(says, end.from)))
  }
  return found
}

/** Heroku: “Server Request Interrupted” (devcenter.heroku.com, "Heroku error codes"). */
const BY_THE_APP = 'H18'

/** The proxy finished the request in order, long before its own limit: the backend hung up. */
function byExclusion({ proxy, settings, cuts }: Facts): Signal[] {
  const line = proxy.access.find(({ record }) => record.status === 101 && record.complete !== false)
  const limit = settings.idle[0]
  const silenceMs = cuts.any?.silenceMs
  if (!line || !limit || silenceMs === undefined || silenceMs > limit.seconds * 800) return []
  if (!proxy.errorsWatched || noticeOf(proxy, 'reload', 'stop', 'worker-crashed', 'worker-ending')) return []
  const says = sentence`The proxy ended the request in order after ${secondsOf(silenceMs)} of silence, well before ${limit.setting}`
  return [strong(say(says, line.from))]
}

export default defineCause({
  id: 'backend-dropped',
  stage: 'lost',
  side: 'server',
  title: 'Backend dropped the connection',
  symptom: 'The socket closes with 1006 while the proxy and the network are fine.',
  endings: ['dropped', 'broken', 'closing', 'violated'],
  needs: ['server', 'proxy.error_log'],

  signals,

  test: (facts, signals) => {
    if (facts.ending.kind === 'closing') return weighed(possible(...facts.ending.because), 0.3)
    if (facts.ending.kind === 'violated')
      return isErrorPage(facts)
        ? weighed(
            likely(
              say(
                'After the 101 came the HTTP server’s page for an exception, 500: the handler failed once it had opened',
                'probe.not_frames',
              ),
            ),
            0.9,
          )
        : ruledOut(...facts.ending.because)
    const { backend, proxy, clientGone } = facts
    if (clientGone && signals.own.length === 0) return ruledOut(clientGone)
    if (backend.watched && !backend.arrived)
      return ruledOut(say('The backend was watched and got nothing of this connection', 'server'))
    // Watched, without a sign of a proxy: whatever ended the connection stood at the backend.
    const alone = backend.watched && !backend.request?.viaProxy && proxy.kind === undefined
    // TCP’s end came from the other side, and nothing of the backend’s own was recorded before it.
    const isTold =
      backend.ends[0] !== undefined && backend.ends[0].how !== 'close' && backend.exit === undefined
    // No proxy has a timer that is so short: what handles the connection failed or returned.
    if (isInstant(facts)) return dropFinding(facts, signals, 0.7)
    // A backend that was cut off itself, and lived to write it down, let go of nothing.
    if (backend.close?.cutOff) return dropFinding(facts, signals, 0.2)
    return dropFinding(facts, signals, alone && !isTold ? 0.7 : 0.5)
  },

  explain: {
    wire: 'The process crashed, was killed, or closed the socket without a Close frame. The kernel sends FIN, or RST if data was unread. A proxy passes either to the client as FIN.',
    browser:
      'Without a Close frame the browser makes up 1006. Chromium fires no error event and its console stays empty, as after half a dozen other causes. Firefox fires one for a reset and says that the connection was interrupted.',
    sure: 'Look at the process: its exit, its uptime, an exception. nginx logs `recv() failed (104` for a reset and nothing for a FIN.',
    sources: [{ title: 'RFC 6455 §7.1.5', url: 'https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5' }],
  },

  fix: (facts) => ({
    summary: summaryOf(facts),
    changes: overlappingUse(facts)?.changes ?? [
      ...(refusedSince(facts.retries) || isInstant(facts)
        ? [
            {
              program: 'shell',
              where: sentence`On the server: its log at that moment`,
              text: shell`journalctl -u YOUR_SERVICE --since "10 min ago"`,
            } as const,
          ]
        : []),
      endedItself(facts)
        ? {
            program: 'node',
            where: sentence`Node server (ws): in place of socket.terminate()`,
            text: js`socket.close(YOUR_CODE, 'YOUR_REASON')`,
          }
        : {
            program: 'node',
            where: sentence`Node server (ws)`,
            text: js`process.on('SIGTERM', () => { for (const socket of server.clients) socket.close(1001) })`,
          },
    ],
  }),

  reproduce: 'crash',
})

/** Nothing of the process runs then. */
const wasKilled = ({ backend: { exit } }: Facts): boolean =>
  exit?.signal === 'SIGKILL' || exit?.exitCode === 137

function summaryOf(facts: Facts): Sentence {
  const overlap = overlappingUse(facts)
  if (overlap) return overlap.summary
  if (refusedSince(facts.retries)) {
    return sentence`The server’s process ended with the connection. Read the last lines of its log: an exception that nothing catches, an exit, or no memory left.`
  }
  if (isInstant(facts)) {
    return sentence`Look in the server’s log for an exception of the handler that gets the new connection. A handler that returns ends its connection as well: let it wait for messages.`
  }
  if (endedItself(facts)) {
    return sentence`Look in the server’s code for what ends a socket without a Close frame: terminate(), destroy(), or a timeout of its own. Close with a code and a reason there, so that both sides know why.`
  }
  if (wasKilled(facts)) {
    return sentence`The process was killed by SIGKILL, at which no code can close connections. The kernel sends it where memory runs out (dmesg). So does a stop where the process did not exit at SIGTERM.`
  }
  return sentence`Close connections with a code before the process exits, and find out why it exits.`
}
