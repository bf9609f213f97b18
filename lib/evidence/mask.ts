/**
 * Secrets out of evidence, before it is kept, sent or printed. What a cause may need stays: names of headers,
 * cookies and parameters, and the scheme of an authorisation. Idempotent; what was masked is listed in `masked`.
 */
import type { Evidence } from '#lib/evidence/schema.ts'

export const MASK = '***'

/** Deeper than any document of ours; what lies below is dropped, since nobody would read it. */
const DEEPEST = 40
const MOST_NAMES = 40

type Note = (what: string) => void

export function maskEvidence(evidence: Evidence): Evidence {
  return createMasker().evidence(evidence)
}

/** For documents that share their parts, such as the stages of a probe and its evidence: each part is masked once. */
export type Masker = {
  /** Any JSON value with the secrets in its texts masked. */
  json<T>(value: T): T
  evidence(evidence: Evidence): Evidence
}

export function createMasker(): Masker {
  const names = new Set<string>()
  const work: Work = { note: (what) => names.add(what), done: new WeakMap() }
  return {
    json: <T>(value: T) => maskValue(value, work, 0) as T,
    evidence(evidence) {
      for (const name of evidence.masked ?? []) names.add(name)
      const masked = maskValue({ ...evidence, masked: undefined }, work, 0) as Evidence
      delete masked.masked
      return names.size === 0 ? masked : { ...masked, masked: [...names].slice(0, MOST_NAMES) }
    },
  }
}

type Work = {
  note: Note
  /** By what was masked, the result. */
  done: WeakMap<object, unknown>
}

export function maskText(text: string): string {
  return maskWithin(text, () => {})
}

function maskValue(value: unknown, work: Work, depth: number): unknown {
  if (typeof value === 'string') return maskWithin(value, work.note)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return undefined
  const known = work.done.get(value)
  if (known !== undefined) return known
  const masked = maskMembers(value, work, depth)
  work.done.set(value, masked)
  return masked
}

function maskMembers(value: object, work: Work, depth: number): object {
  if (Array.isArray(value)) return value.map((item) => maskValue(item, work, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'headers' && Array.isArray(member)
        ? member.map((header) => maskHeader(header, work))
        : maskValue(member, work, depth + 1),
    ]),
  )
}

function maskHeader(header: unknown, work: Work): unknown {
  if (!Array.isArray(header) || typeof header[0] !== 'string' || typeof header[1] !== 'string') {
    return maskValue(header, work, 1)
  }
  const [name, value] = header
  const hide = SECRET_HEADERS.find(({ names }) => names.test(name))?.hide
  if (!hide) return [name, maskWithin(value, work.note)]
  const hidden = hide(value)
  if (hidden !== value) work.note(`header ${name.toLowerCase().slice(0, 60)}`)
  return [name, hidden]
}

/** `a=1; b=2` → `a=***; b=***`: the names tell which balancer or framework set them. */
const hideCookies = (value: string): string => value.replace(/(?<![^=;,\s])([^=;,\s]+)=[^;]*/g, `$1=${MASK}`)
/** Only the first pair is the cookie; what follows are attributes. */
const hideSetCookie = (value: string): string => value.replace(/^([^=;]{0,128})=[^;]*/, `$1=${MASK}`)
const hideCredentials = (value: string): string =>
  value.replace(/^(\s*[A-Za-z][\w-]{0,30}\s+)?\S.*$/s, (_, scheme = '') => `${scheme}${MASK}`)
const hideAll = (value: string): string => (value === '' ? '' : MASK)

const SECRET_HEADERS = [
  { names: /^cookie2?$/i, hide: hideCookies },
  { names: /^set-cookie2?$/i, hide: hideSetCookie },
  { names: /^(?:proxy-)?authorization$/i, hide: hideCredentials },
  {
    names: /^(?:x-)?(?:[\w-]{0,40}-)?(?:api-?key|token|secret|password|signature|session-?id|client-cert)$/i,
    hide: hideAll,
  },
]

const SECRET_NAME =
  '[\\w.-]{0,40}(?:token|secret|passw(?:or)?d|passphrase|signature|credentials?|api[_-]?key|access[_-]?key(?:[_-]?id)?|session(?:[_-]?id)?|jwt)'

const USERINFO = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)(?!\*\*\*@)[^\s/@?#"'<>]{1,512}@/gi
const QUERY = new RegExp(
  `([?&#;](${SECRET_NAME}|key|auth|authorization|sig|sid|pwd|pass|ticket|hmac)=)(?!\\*\\*\\*)[^&\\s"'<>#\\\\]+`,
  'gi',
)
const JSON_MEMBER = new RegExp(
  `(\\\\?"(${SECRET_NAME}|auth|authorization|cookie|pwd|sid)\\\\?"\\s{0,8}:\\s{0,8}\\\\?")(?!\\*\\*\\*)(?:[^"\\\\]|\\\\[^"])+`,
  'gi',
)
/** A header as HAR files write it. */
const NAME_AND_VALUE =
  /("name"\s{0,8}:\s{0,8}"((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-auth-token)"\s{0,8},\s{0,8}"value"\s{0,8}:\s{0,8}")(?!\*\*\*)[^"\\]+/gi
/** `DB_PASSWORD=…`, `token=…`, `password: …`: in a log, an environment, a file of settings. Words alone are prose. */
const ASSIGNED = new RegExp(
  `(?<![\\w.?&#;-])((${SECRET_NAME})["']?\\s{0,4}(?:=\\s{0,4}|:\\s{1,4})["']?)(?=[^\\s"'&;,]{0,200}\\d|[^\\s"'&;,]{16})[^\\s"'&;,]{6,}`,
  'gi',
)
/** Tokens that show by their form what they are, each named for whoever gives it out. */
const KNOWN_TOKEN =
  /\b(?:(AKIA|ASIA)[0-9A-Z]{16}|(gh[pousr]_|github_pat_)\w{20,}|(xox[abeoprs]-)[\w-]{10,}|([rs]k_(?:live|test)_)\w{16,}|(sk-)[\w-]{20,}|(AIza)[\w-]{30,}|(glpat-)[\w-]{20,}|(npm_)\w{30,}|(ya29\.)[\w-]{10,}|(whsec_)[\w+/]{16,}=*)/g
/** Whoever knows such an address may write there. */
const HOOK = /(\bhooks\.slack\.com\/services\/|\/api\/webhooks\/\d{1,25}\/)(?!\*\*\*)[\w/-]+/g
const PRIVATE_KEY = /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[\w+/=\s\\]+/g
/** `curl -u name:password`; a pair of numbers is a user and a group. */
const LOGIN = /(\s(?:-u|-U|--user|--proxy-user)[ =]["']?)(?!\d{1,9}:\d{1,9}\b)[^\s"':]{1,128}:[^\s"']+/g
/** A header line in a log, a body or a command: `Authorization: Bearer …`. */
const HEADER_LINE =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-auth-token)(["']?\s{0,8}[:=]\s{0,8}["']?)(?!\*\*\*)([^\r\n"']{1,8192})/gi
/** nginx passes a fixed credential on; a variable gives nothing away. */
const SET_HEADER =
  /(\bproxy_set_header\s{1,20}(?:proxy-)?(authorization|cookie|x-api-key|x-auth-token)\s{1,20}["']?)(?!\$|\*\*\*)[^;"'\r\n]+/gi
/** Words in lower case only are prose: “Basic authentication”. */
const SCHEME = /\b(Bearer|Basic|Negotiate|Digest)(\s{1,4})(?=[\w+/.~=-]*[A-Z0-9=])[\w+/.~-]{8,}=*/g
/** Words with dots between them, each run read once from its beginning: a token may begin behind a hyphen in it. */
const DOTTED = /(?<![\w-])[\w-]+(?:\.[\w-]+)+/g
/** The first part of a JWT, and how many parts may follow it. */
const JWT_HEADER = /\beyJ[\w-]{8,}/
const MOST_JWT_PARTS = 4
/** Groups of `KNOWN_TOKEN`. */
const KINDS_OF_TOKENS = 10
/** How clients of Kubernetes send a token, since script can set no header. */
const BEARER_PROTOCOL = /\b(base64url\.bearer\.authorization\.k8s\.io\.)[\w-]+/g

function maskWithin(text: string, note: Note): string {
  return text
    .replace(USERINFO, (_, scheme) => told(note, 'user and password of a URL', `${scheme}${MASK}@`))
    .replace(QUERY, (_, start, name) => told(note, `parameter ${name}`, start + MASK))
    .replace(JSON_MEMBER, (_, start, name) => told(note, `member ${name}`, start + MASK))
    .replace(NAME_AND_VALUE, (_, start, name) => told(note, `header ${name.toLowerCase()}`, start + MASK))
    .replace(SET_HEADER, (_, start, name) => told(note, `header ${name.toLowerCase()}`, start + MASK))
    .replace(HEADER_LINE, (whole, name, between, value) => {
      const hide = SECRET_HEADERS.find(({ names }) => names.test(name))?.hide ?? hideAll
      const hidden = hide(value)
      return hidden === value ? whole : told(note, `header ${name.toLowerCase()}`, name + between + hidden)
    })
    .replace(KNOWN_TOKEN, (_, ...given) => {
      const kind = given.slice(0, KINDS_OF_TOKENS).find((part) => part !== undefined)
      return told(note, `token ${kind}`, `${kind}${MASK}`)
    })
    .replace(HOOK, (_, start) => told(note, 'address of a webhook', start + MASK))
    .replace(PRIVATE_KEY, (_, start) => told(note, 'private key', start + MASK))
    .replace(LOGIN, (_, start) => told(note, 'user and password of a command', start + MASK))
    .replace(ASSIGNED, (whole, start, name) =>
      whole.startsWith(MASK, start.length) ? whole : told(note, `value of ${name}`, start + MASK),
    )
    .replace(SCHEME, (_, scheme, blank) => told(note, `${scheme} credentials`, scheme + blank + MASK))
    .replace(DOTTED, (words) => hideTokens(words, note))
    .replace(BEARER_PROTOCOL, (_, start) => told(note, 'bearer subprotocol', start + MASK))
}

function hideTokens(words: string, note: Note): string {
  if (!words.includes('eyJ')) return words
  const parts = words.split('.')
  const shown: string[] = []
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] ?? ''
    const start = i + 1 < parts.length ? JWT_HEADER.exec(part)?.index : undefined
    if (start === undefined) shown.push(part)
    else {
      shown.push(told(note, 'token (JWT)', `${part.slice(0, start)}eyJ${MASK}`))
      i += MOST_JWT_PARTS
    }
  }
  return shown.join('.')
}

function told(note: Note, what: string, masked: string): string {
  note(what)
  return masked
}
