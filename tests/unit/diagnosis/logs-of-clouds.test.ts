/** What a cloud's own word for a failure comes to, in five lines of its log. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeLogs } from '#lib/diagnosis/judge-logs.ts'
import { createLogReader } from '#lib/logs/summary.ts'

const LINES = [1, 2, 3, 4, 5]

const heroku = (code: string, status: number, ms: number) => (at: number) =>
  `2026-11-20T09:0${at}:00.123456+00:00 heroku[router]: at=error code=${code} desc="Said in words" method=GET path="/ws" host=chat.example request_id=1 fwd="203.0.113.${at}" dyno=web.1 connect=1ms service=${ms + at}ms status=${status} bytes=0`
const cloudflare = (status: number) => (at: number) =>
  `{"ClientIP":"203.0.113.${at}","ClientRequestMethod":"GET","ClientRequestURI":"/ws","EdgeEndTimestamp":"2026-11-20T09:0${at}:10Z","EdgeResponseStatus":${status},"EdgeStartTimestamp":"2026-11-20T09:0${at}:00Z","OriginResponseStatus":0}`
const google = (details: string, status: number) => (at: number) =>
  `{"jsonPayload":{"statusDetails":"${details}"},"httpRequest":{"requestMethod":"GET","requestUrl":"https://chat.example/ws","status":${status},"remoteIp":"203.0.113.${at}","latency":"0.01s"},"timestamp":"2026-11-20T09:0${at}:00.123Z"}`
const gateway = (said: string, status: number) => (at: number) =>
  `{"timeStamp":"2026-11-20T09:0${at}:00Z","category":"ApplicationGatewayAccessLog","properties":{"instanceId":"appgw_0","clientIP":"203.0.113.${at}","httpMethod":"GET","requestUri":"/ws","httpStatus":${status},"timeTaken":0.1,"serverStatus":"-","error_info":"${said}"}}`
const frontDoor = (said: string) => (at: number) =>
  `{"time":"2026-11-20T09:0${at}:00.1Z","category":"FrontDoorAccessLog","properties":{"httpMethod":"GET","requestUri":"https://chat.example:443/ws","clientIp":"203.0.113.${at}","timeTaken":"0.1","httpStatusCode":"503","errorInfo":"${said}"}}`
const balancer = (status: number) => (at: number) =>
  `wss 2026-11-20T09:0${at}:00.123Z app/chat/50dc 203.0.113.${at}:4000 10.0.1.4:80 -1 -1 -1 ${status} - 218 272 "GET https://chat.example:443/ws HTTP/1.1" "x" - - arn:x "Root=1" "chat.example" "-" 0 2026-11-20T09:0${at}:00.100Z "forward" "-" "-" "-" "-" "-" "-"`

const CASES: readonly [string, (at: number) => string, string | undefined][] = [
  ['Heroku H10', heroku('H10', 503, 0), 'backend-unreachable'],
  ['Heroku H12', heroku('H12', 503, 30_000), 'gateway-timeout'],
  ['Heroku H13', heroku('H13', 503, 200), 'backend-handshake-failure'],
  ['Heroku H15', heroku('H15', 503, 55_000), 'idle-timeout'],
  ['Heroku H18', (at) => heroku('H18', 503, at * 9000)(at), 'backend-dropped'],
  ['Heroku H21', heroku('H21', 503, 5), 'backend-unreachable'],
  ['Cloudflare 520', cloudflare(520), 'backend-handshake-failure'],
  ['Cloudflare 521', cloudflare(521), 'backend-unreachable'],
  ['Cloudflare 524', cloudflare(524), 'gateway-timeout'],
  ['Cloudflare 525', cloudflare(525), 'backend-handshake-failure'],
  ['Google, no backend', google('failed_to_pick_backend', 502), 'backend-unreachable'],
  ['Google, no answer', google('backend_timeout', 504), 'gateway-timeout'],
  ['Google, a bad answer', google('websocket_handshake_failed', 502), 'backend-handshake-failure'],
  ['Google, Cloud Armor', google('throttled_by_security_policy', 429), 'rate-limited'],
  ['Google, left', google('client_disconnected_before_any_response', 0), undefined],
  ['Azure, no answer', gateway('ERRORINFO_UPSTREAM_TIMED_OUT', 504), 'gateway-timeout'],
  ['Azure, no backend', gateway('ERRORINFO_UPSTREAM_NO_LIVE', 502), 'backend-unreachable'],
  ['Front Door, refused', frontDoor('OriginConnectionRefused'), 'backend-unreachable'],
  ['AWS 502', balancer(502), 'backend-unreachable'],
  ['AWS 504', balancer(504), 'gateway-timeout'],
  ['AWS 561', balancer(561), 'authentication-required'],
]

describe('a cloud says', () => {
  for (const [name, line, cause] of CASES) {
    it(name, () => {
      const reader = createLogReader()
      for (const at of LINES) reader.read(line(at))
      const { connections, report } = judgeLogs(reader.summary())
      assert.equal(connections, LINES.length)
      if (cause === undefined) assert.equal(report.outcome, 'undetermined')
      else assert.equal(report.verdicts[0]?.cause, cause)
    })
  }
})

const first = (lines: readonly string[]): [cause: string | undefined, others: string[]] => {
  const reader = createLogReader()
  for (const line of lines) reader.read(line)
  const [one, ...others] = judgeLogs(reader.summary()).report.verdicts
  return [one?.cause, others.filter(({ certainty }) => certainty === 'likely').map(({ cause }) => cause)]
}

describe('tunnels of one age', () => {
  it('met the age at which Google ends them, silent or not', () => {
    const tunnel = (at: number) =>
      `{"jsonPayload":{"statusDetails":"websocket_closed"},"httpRequest":{"requestMethod":"GET","requestUrl":"https://chat.example/ws","status":101,"remoteIp":"203.0.113.${at}","latency":"30.00${at}s"},"timestamp":"2026-11-20T09:0${at}:00.123Z"}`
    assert.deepEqual(first(LINES.map(tunnel)), ['max-lifetime', []])
  })
  it('met the silence that an AWS load balancer allows, where one that sent more lived longer', () => {
    const tunnel = (seconds: number, bytes: number) => (at: number) =>
      `wss 2026-11-20T09:1${at}:${`${seconds - 60}`.padStart(2, '0')}.000Z app/chat/50dc 203.0.113.${at}:4000 10.0.1.4:80 0.001 0.002 0.000 101 101 218 ${bytes} "GET https://chat.example:443/ws HTTP/1.1" "x" - - arn:x "Root=1" "chat.example" "-" 0 2026-11-20T09:1${at - 1}:00.000Z "forward" "-" "-" "10.0.1.4:80" "101" "-" "-"`
    const lines = LINES.map((at) => (at === 3 ? tunnel(82, 4000)(at) : tunnel(60, 700)(at)))
    assert.deepEqual(first(lines), ['idle-timeout', ['max-lifetime']])
  })
})
