/** What `stream {}` does to WebSockets that pass through it. */
import { setting } from '#lib/configs/nginx/edits/changes.ts'
import { listensOf } from '#lib/configs/nginx/routing/choose-server.ts'
import type { Found, Settings } from '#lib/configs/nginx/rule.ts'
import { severityOfSilence } from '#lib/configs/nginx/rules/read-timeout-short.ts'
import { localPortOf, type Stream } from '#lib/configs/nginx/streams.ts'
import type { Question } from '#lib/configs/nginx/subjects.ts'
import { hears } from '#lib/configs/nginx/syntax/listen.ts'
import { children } from '#lib/configs/nginx/syntax/scope.ts'
import type { Directive } from '#lib/configs/nginx/syntax/tree.ts'
import { nginx } from '#lib/text/configurations.ts'
import { sentence } from '#lib/text/foreign.ts'

export interface StreamsAsked {
  /** Those that a client meets first. */
  readonly asked: readonly Stream[]
  readonly left: readonly Stream[]
  /** The question to `http {}` behind the stream that hears the port, where it is not the client's own. */
  readonly behind?: Question
}

/** Without a port, those on the usual ones, or all where there is nothing else. */
export function streamsAsked(
  streams: readonly Stream[],
  http: Directive | undefined,
  question: Question,
): StreamsAsked {
  const { port, ...others } = question
  const usual = question.tls === undefined ? [80, 443] : [question.tls ? 443 : 80]
  const wanted = port === undefined ? usual : [port]
  const servers = http ? children(http, 'server') : []
  const isHeard = (each: number) =>
    servers.some((server) => listensOf(server).some((listen) => hears(listen, each)))
  const isAlone = port === undefined && servers.length === 0
  const asked = streams.filter(
    ({ listens }) =>
      isAlone || listens.some((listen) => wanted.some((each) => hears(listen, each) && !isHeard(each))),
  )
  const left = port === undefined ? streams.filter((each) => !asked.includes(each)) : []
  const [first] = asked
  if (!first || port === undefined) return { asked, left }
  const local = localPortOf(first)
  return { asked, left, behind: local === undefined ? others : { ...others, port: local } }
}

export const lookedAtStream = ({ server, listens }: Stream) => ({
  text: `port ${listens[0]?.port ?? ''}`,
  file: server.file,
  line: server.line,
  proxied: true,
})

export function judgeStream(
  { server, timeout, timeoutSeconds: seconds, pass }: Stream,
  { heartbeatSeconds }: Settings,
): Found[] {
  if (seconds === undefined || !pass) return []
  const severity = severityOfSilence(seconds, heartbeatSeconds)
  if (severity === undefined) return []
  const from = timeout ? '' : ', which is the default,'
  return [
    {
      severity,
      at: timeout ?? server,
      says: sentence`The server of stream {} ends a connection after ${seconds} s without data in either direction${from} whatever http {} says: both sides see 1006.`,
      fix: nginx`proxy_timeout 1h;`,
      edits: setting(server, 'proxy_timeout', nginx`proxy_timeout 1h;`),
    },
  ]
}
