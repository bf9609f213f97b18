/**
 * API gateways on OpenResty: APISIX (a route or upstream in JSON or YAML, an ApisixRoute) and Kong (a declarative file, a
 * service of its Admin API). Each has its own names for nginx’s timers, in seconds (APISIX) and in milliseconds (Kong).
 */
import {
  LONGEST_LINE,
  linesWith,
  type OtherCheck,
  type OtherFinding,
  severityOfIdle,
} from '#lib/configs/others/finding.ts'
import { setting } from '#lib/text/configurations.ts'
import { durationSeconds } from '#lib/text/duration.ts'
import { sentence } from '#lib/text/foreign.ts'

export type GatewayTimer = { readonly seconds: number; readonly setting: string; readonly line: number }

const TIMEOUT = /["']?\btimeout["']?\s{0,8}:/
const READ = /["']?\bread["']?\s{0,8}:\s{0,8}["']?(\d{1,9}(?:\.\d{1,6})?(?:ms|s|m|h)?)\b/
/** An object of three members over as many lines, and a comment or two. */
const NEAR_LINES = 8

/** The times that APISIX waits for the backend to send: `timeout.read` of a route, a service or an upstream. */
export function apisixTimers(lines: readonly string[]): GatewayTimer[] {
  let until = 0
  return lines.flatMap((text, at) => {
    const begin = text.length > LONGEST_LINE ? -1 : text.search(TIMEOUT)
    if (begin !== -1) until = at + NEAR_LINES
    if (at >= until || text.length > LONGEST_LINE) return []
    const value = READ.exec(begin === -1 ? text : text.slice(begin))?.[1]
    const seconds = durationSeconds(value, 's')
    if (value === undefined || !seconds) return []
    until = at
    return [{ seconds, setting: `timeout.read ${value}`, line: at + 1 }]
  })
}

const KONG_READ = /["']?\bread[_-]timeout["']?\s{0,8}:\s{0,8}["']?(\d{1,9})\b/

export const kongTimers = (lines: readonly string[]): GatewayTimer[] =>
  linesWith(lines, KONG_READ).map(({ line, groups: [, value = ''] }) => ({
    seconds: Number(value) / 1000,
    setting: `read_timeout ${value}`,
    line,
  }))

const WEBSOCKET_ON = /["']?\b(?:enable_websocket|websocket)["']?\s{0,8}:\s{0,8}true\b/
const WEBSOCKET_OFF = /["']?\b(enable_websocket|websocket)["']?\s{0,8}:\s{0,8}false\b/

/** There it may be switched on. */
const ELSEWHERE = /\bservice_id\b/
/** A route that is for WebSockets by its name. */
const SOCKET_ROUTE =
  /^\s{0,80}(?:- )?["']?uris?["']?\s{0,8}:\s{0,8}\[?\s{0,8}["']?(\/(?:[\w.-]{1,80}\/){0,6}(?:ws|wss|websockets?|sockets?|socket\.io|live|stream|hubs?|cable|realtime)(?:\/[\w.*-]{0,80}){0,4})["']?/i

/** Without enable_websocket APISIX sends the request on as a page’s: its template clears Upgrade and Connection. */
export const apisix: OtherCheck = (lines) => {
  const isWhole = !lines.some((text) => text.length <= LONGEST_LINE && ELSEWHERE.test(text))
  return [
    ...apisixTimers(lines).flatMap((timer) =>
      short(
        timer,
        sentence`APISIX ends a WebSocket after ${timer.seconds} s without data from the backend (${timer.setting}), without a Close frame: both sides see 1006.`,
        {
          program: 'application',
          of: 'apisix',
          where: sentence`APISIX, timeout of the route or upstream, in seconds: longer than your longest silence, such as 1 h`,
          text: setting`timeout.read: 3600`,
        },
      ),
    ),
    ...(lines.some((text) => WEBSOCKET_ON.test(text))
      ? []
      : [...linesWith(lines, WEBSOCKET_OFF), ...(isWhole ? linesWith(lines, SOCKET_ROUTE) : [])]
          .slice(0, 1)
          .map(
            ({ line, groups: [, name = ''] }): OtherFinding => ({
              rule: 'websocket-disabled',
              severity: 'error',
              line,
              cause: 'upgrade-headers-stripped',
              says: name.startsWith('/')
                ? sentence`The route ${name} has no enable_websocket, which is off by default: APISIX sends the request on without Upgrade and Connection.`
                : sentence`WebSocket is switched off for this route: APISIX sends the request on without Upgrade and Connection.`,
              change: {
                program: 'application',
                of: 'apisix',
                where: sentence`APISIX, the route of the WebSocket`,
                text: name === 'websocket' ? setting`websocket: true` : setting`enable_websocket: true`,
              },
            }),
          )),
  ]
}

export const kong: OtherCheck = (lines) =>
  kongTimers(lines).flatMap((timer) =>
    short(
      timer,
      sentence`Kong ends a WebSocket after ${timer.seconds} s without data from the backend (${timer.setting}, in milliseconds), without a Close frame: both sides see 1006.`,
      {
        program: 'application',
        of: 'kong',
        where: sentence`Kong, the service of the WebSocket, in milliseconds: longer than your longest silence, such as 1 h`,
        text: setting`read_timeout: 3600000`,
      },
    ),
  )

function short(
  { seconds, line }: GatewayTimer,
  says: OtherFinding['says'],
  change: OtherFinding['change'],
): OtherFinding[] {
  const severity = severityOfIdle(seconds)
  return severity === undefined
    ? []
    : [{ rule: 'read-timeout-short', severity, line, cause: 'idle-timeout', says, change }]
}
