/**
 * The records of `varnishlog`: each request as it came, and as it went on to the backend. Varnish leaves Upgrade out of a
 * request that it pipes unless vcl_pipe sets it, which shows here and nowhere else (varnish-cache.org, vsl and vsl-query).
 */
import type { Evidence, HeaderList, ServerEvent } from '#lib/evidence/schema.ts'
import { evidenceOfHttp } from '#lib/intake/handshake-evidence.ts'

export type Varnishlog = {
  /** Whether the line is a record of it that needs no reader of its own. */
  read: (line: string) => boolean
  evidence: () => Evidence | undefined
}

/** `*   << Request  >> 98306`, `**  << BeReq    >> 98307` */
const HEAD = /^\*{1,4} {1,4}<< (Session|Request|BeReq) {1,4}>> \d{1,18}\s{0,4}$/
/** `-   ReqHeader      Host: app.example`; with `-g raw` a number before the tag and c or b behind it. */
const RECORD = /^-{1,4} {1,4}([A-Z]\w{2,20})(?: {1,20}(.{0,8000}))?$/
const RAW = /^ {0,12}\d{1,18} ([A-Z]\w{2,20}) {1,20}([cb-])(?: (.{0,8000}))?$/
/** What these say of a failure, the phrasebook has. */
const SPEAKING: ReadonlySet<string> = new Set([
  'FetchError',
  'Error',
  'VCL_Error',
  'SessClose',
  'SessError',
  'BogoHeader',
  'LostHeader',
  'HttpGarbage',
])
const ASKS = /^(?:Req|Bereq)(Method|URL|Protocol|Header|Unset)$/
const ANSWERS = /^(?:Resp|Beresp)(Status|Reason|Protocol|Header)$/
const MOST_HEADERS = 200
const MOST_REQUESTS = 200

type Message = {
  of: 'client' | 'backend'
  method: string
  url: string
  protocol: string
  headers: [string, string][]
  status?: number
  answer: [string, string][]
}

export function createVarnishlog(): Varnishlog {
  const messages: Message[] = []
  let current: Message | undefined

  const begin = (of: Message['of']): void => {
    current = { of, method: 'GET', url: '/', protocol: '1.1', headers: [], answer: [] }
    if (messages.length < MOST_REQUESTS) messages.push(current)
  }
  const take = (tag: string, value: string): boolean => {
    if (SPEAKING.has(tag)) return false
    const asks = ASKS.exec(tag)?.[1]
    if (current && asks !== undefined) ask(current, asks, value)
    const answers = ANSWERS.exec(tag)?.[1]
    if (current && answers !== undefined) answer(current, answers, value)
    return true
  }

  return {
    read(line) {
      const head = HEAD.exec(line)?.[1]
      if (head !== undefined) {
        if (head === 'Session') current = undefined
        else begin(head === 'Request' ? 'client' : 'backend')
        return true
      }
      const [, tag, value = ''] = RECORD.exec(line) ?? []
      if (tag !== undefined) return current !== undefined && take(tag, value)
      const [, rawTag, of, rawValue = ''] = RAW.exec(line) ?? []
      if (rawTag === undefined) return false
      if (rawTag === 'Begin' && of !== '-') begin(of === 'c' ? 'client' : 'backend')
      return current !== undefined && take(rawTag, rawValue)
    },
    evidence() {
      const came = messages.find((each) => each.of === 'client' && isHandshake(each))
      const went = messages.find((each) => each.of === 'backend' && isHandshake(each))
      if (came === undefined && went === undefined) return undefined
      return {
        proxy: { kind: 'varnish' },
        ...(came && evidenceOfHttp({ end: 0, program: 'http', ...exchangeOf(came) }, false)),
        // What came through a pipe afterwards is in no record: a request that went on whole tells nothing.
        ...(went && !isWhole(went) && { server: [arrivedAt(went)] }),
      }
    },
  }
}

function ask(message: Message, part: string, value: string): void {
  if (part === 'Method') message.method = value
  else if (part === 'URL') message.url = value
  else if (part === 'Protocol') message.protocol = value.replace(/^HTTP\//, '')
  else if (part === 'Header') add(message.headers, value)
  // What vcl_recv takes out of a request came with it all the same.
  else if (message.of === 'backend') drop(message.headers, value)
}

function answer(message: Message, part: string, value: string): void {
  if (part === 'Status' && /^\d{3}$/.test(value)) message.status = Number(value)
  else if (part === 'Header') add(message.answer, value)
}

const nameAndValue = (line: string): [string, string] => {
  const colon = line.indexOf(':')
  return colon < 1 ? ['', ''] : [line.slice(0, colon), line.slice(colon + 1).trim()]
}

function add(headers: [string, string][], line: string): void {
  const [name, value] = nameAndValue(line)
  if (name !== '' && headers.length < MOST_HEADERS) headers.push([name, value])
}

function drop(headers: [string, string][], line: string): void {
  const [name, value] = nameAndValue(line)
  const at = headers.findIndex((each) => each[0] === name && each[1] === value)
  if (at !== -1) headers.splice(at, 1)
}

const isHandshake = ({ headers }: Message): boolean =>
  headers.some(([name]) => /^sec-websocket-key$/i.test(name))

const isWhole = ({ headers }: Message): boolean =>
  headers.some(([name, value]) => /^upgrade$/i.test(name) && /websocket/i.test(value)) &&
  headers.some(([name, value]) => /^connection$/i.test(name) && /upgrade/i.test(value))

const arrivedAt = ({ protocol, url, headers }: Message): ServerEvent => ({
  type: 'request',
  http_version: protocol,
  path: url,
  headers,
})

function exchangeOf({ method, url, protocol, headers, status, answer }: Message): {
  request: { method: string; target: string; version: string; headers: HeaderList }
  response?: { status: number; version: string; headers: HeaderList }
} {
  return {
    request: { method, target: url, version: protocol, headers },
    ...(status !== undefined && { response: { status, version: protocol, headers: answer } }),
  }
}
