/**
 * What stands before a line because something carried it: docker compose, pm2, stern, `docker logs -t`, Kubernetes,
 * syslog, journald, Heroku.
 * Envelopes nest, so they are taken off one by one.
 */
import { isoStamp, jsonStamp, monthDayStamp, type Stamp } from '#lib/logs/stamp.ts'

export type Opened = { text: string; stamp?: Stamp }

const MOST_LAYERS = 4
/** `api-1  | `: a service name, with its node in a swarm, blanks, a bar; pm2 has the number of its process before, Tilt another bar. */
const compose = /^(?:\d{1,4}\|)?[\w.-]{1,64}(?:@[\w.-]{1,64})? *[|│] /
/** `10:22:01 web.1    | ` of foreman and its like. */
const foreman = /^\d\d:\d\d:\d\d [\w.-]{1,64} *\| /
/** `[pod/name/container] ` of `kubectl logs --prefix`. */
const pod = /^\[pod\/[^\]\s]{1,200}\] /
/** `api-7c9f8d5b6c-x2x9z api ` of stern: the pod with its hash or number, then the container. Compose’s own `api-1 exited …` is none. */
const stern =
  /^[a-z][a-z0-9.-]{0,80}-(?:(?=[a-z]{0,4}\d)[a-z0-9]{5}|\d{1,4}) (?!exited with code )[a-z][a-z0-9-]{0,62} (?=\S)/
/** `[0] ` or `[api] ` of concurrently and its like, before a line that begins with its own stamp, address or brace. */
const bracketed = /^\[(?:\d{1,3}|[a-z][\w.:-]{0,40})\] (?=[\d{[])/
/** `host program[pid]: ` of journald after an ISO stamp, and `app[web.1]: ` of Heroku. */
const process = /^(?:[\w.-]{1,255} )?[\w./@-]{1,64}\[[\w.]{1,40}\]: /
/** `haproxy[812]: ` where nothing but the program and its process was kept. */
const tagged = /^[a-z][\w./-]{1,63}\[\d{1,10}\]: (?=\S)/
/** `stdout F ` after the stamp in a container runtime's file. */
const runtime = /^(?:stdout|stderr) [FP] /
/** `app[148ed193b95e89] fra [info] ` of `fly logs`; what its proxy says is no program’s in an envelope. */
const machine = /^(?:app|runner)\[[\w-]{1,40}\] [a-z]{3} \[[a-z]{4,5}\] ?(?=\S)/
/** `[2026-11-20 09:00:00 +0000] [812] [INFO] ` of gunicorn and hypercorn, before a request. What they say without one is known by its head. */
const worker =
  /^\[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) ([+-]\d{4})\] \[\d{1,10}\] \[[A-Z]{4,8}\] (?=[\d('{[]|None )/
/** `[2026-11-20T09:00:00Z INFO  actix_web::middleware::logger] ` of Rust's env_logger. */
const rust = /^\[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z) [A-Z]{4,5} {1,3}[\w:]{1,120}\] /
/** `I, [2026-11-20T09:00:00.123456 #812]  INFO -- : ` of Ruby’s Logger. */
const ruby =
  /^[DIWEFA], \[(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}) #\d{1,10}\] {1,2}[A-Z]{3,5} -- [^:]{0,80}: /
/** `ecs/web/8f1c2d ` of `aws logs tail`, and `{app="chat", pod="chat-1"} ` of `logcli`. */
const stream =
  /^(?:[A-Za-z][\w.-]{0,63}(?:\/[\w.:-]{1,64}){1,6} (?=\S)|\{[\w.]{1,60}="[^"]{0,200}"(?:, ?[\w.]{1,60}="[^"]{0,200}"){0,20}\} )/
const priority = /^<\d{1,3}>/
/** ` host program[pid]: ` of BSD syslog, or without the host. */
const program = /^ (?:[\w.:-]{1,255} )?[\w./-]{1,64}(?:\[\d{1,10}\])?: /
/** `1 2026-…Z host program pid msgid - ` of RFC 5424. */
const modernSyslog = /^1 (\S{19,40}) \S{1,255} \S{1,64} \S{1,128} \S{1,32} (?:-|\[[^\]]{0,500}\]) /

/** Takes known envelopes off; the innermost stamp is kept, because it is nearest to the event. */
export function openEnvelope(line: string, year: number): Opened {
  let opened: Opened = { text: line }
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const next = openOne(opened, year)
    if (next === undefined) break
    opened = next
  }
  return opened
}

function openOne({ text, stamp }: Opened, year: number): Opened | undefined {
  const first = text.charCodeAt(0)
  if (isDigit(first)) {
    const prefixed = without(text, foreman, stamp) ?? without(text, compose, stamp)
    if (prefixed !== undefined) return prefixed
    const read = isoStamp(text)
    // A stamp in the writer's own style (blank, slash) belongs to the line: only ISO with T and zone is an envelope.
    if (read === undefined || read.zoneless || text[10] !== 'T' || text[read.length] !== ' ') return undefined
    const rest = text.slice(read.length + 1)
    return {
      text: rest.replace(runtime, '').replace(process, '').replace(machine, '').replace(stream, ''),
      stamp: read,
    }
  }
  if (first === LESS_THAN) {
    const match = priority.exec(text)
    if (match === null) return undefined
    const rest = text.slice(match[0].length)
    const modern = modernSyslog.exec(rest)
    if (modern === null) return { text: rest, ...(stamp && { stamp }) }
    const read = isoStamp(modern[1] ?? '')
    return { text: rest.slice(modern[0].length), ...(read && { stamp: read }) }
  }
  if (first === BRACKET) {
    const logged = rust.exec(text)
    if (logged !== null) {
      const read = isoStamp(logged[1] ?? '') ?? stamp
      return { text: text.slice(logged[0].length), ...(read && { stamp: read }) }
    }
    const headed = worker.exec(text)
    if (headed === null) return without(text, pod, stamp) ?? without(text, bracketed, stamp)
    const read = isoStamp(`${headed[1]}${headed[2]}`) ?? stamp
    return { text: text.slice(headed[0].length), ...(read && { stamp: read }) }
  }
  if (first === BRACE) return jsonFile(text, stamp)
  const logged = ruby.exec(text)
  if (logged !== null) {
    const read = isoStamp(logged[1] ?? '') ?? stamp
    return { text: text.slice(logged[0].length), ...(read && { stamp: read }) }
  }
  const named = without(text, compose, stamp) ?? without(text, stern, stamp) ?? without(text, tagged, stamp)
  if (named !== undefined) return named
  const read = monthDayStamp(text, year)
  if (read === undefined) return undefined
  const match = program.exec(text.slice(read.length))
  return match === null ? undefined : { text: text.slice(read.length + match[0].length), stamp: read }
}

const LESS_THAN = 60
const BRACKET = 91
const BRACE = 123

/** `{"log":"…\\n","stream":"stdout","time":"…"}` of Docker's json-file driver. */
function jsonFile(text: string, stamp: Stamp | undefined): Opened | undefined {
  return text.startsWith('{"log":"') ? openJson(text, stamp) : undefined
}

/** Under which names shippers and loggers put a line that they carry: Docker, Fluent Bit, zap, Vector, Google, journald, ECS. */
const CARRIED = ['log', 'message', 'msg', 'MESSAGE', 'Message', 'textPayload', 'line', 'event']
const CARRIED_AT = ['time', '@timestamp', 'timestamp', 'ts', 'date', 'Timestamp', '__REALTIME_TIMESTAMP']
/** journald counts microseconds. */
const MICROSECONDS_FROM = 1e14

/** A line that somebody carries as a member of a JSON object; its own stamp is the carrier's. */
export function openJson(text: string, stamp?: Stamp): Opened | undefined {
  if (text.charCodeAt(0) !== BRACE) return undefined
  let value: Record<string, unknown>
  try {
    value = JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
  const carried = CARRIED.map((name) => value[name]).find((each) => typeof each === 'string' && each !== '')
  if (typeof carried !== 'string') return undefined
  const read = CARRIED_AT.map((name) => stampOf(value[name])).find((each) => each !== undefined) ?? stamp
  return { text: carried.replace(/\r?\n$/, ''), ...(read && { stamp: read }) }
}

function stampOf(value: unknown): Stamp | undefined {
  const number = typeof value === 'string' && /^\d{15,17}$/.test(value) ? Number(value) : value
  return jsonStamp(typeof number === 'number' && number >= MICROSECONDS_FROM ? number / 1000 : value)
}

function without(text: string, pattern: RegExp, stamp: Stamp | undefined): Opened | undefined {
  const match = pattern.exec(text)
  return match === null ? undefined : { text: text.slice(match[0].length), ...(stamp && { stamp }) }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
