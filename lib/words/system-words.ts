/**
 * An error of the operating system, or an alert of TLS, in the spelling of any language: `{error, econnrefused}`,
 * `kind: ConnectionRefused`, `(os error 111)`, `std::errc::connection_refused`, `SSL alert number 48`,
 * `{:tls_alert, {:unknown_ca, …}}`. The constants are those of POSIX and Winsock; the alerts those of RFC 8446 §6.
 */
import type { Meaning, Said } from '#lib/words/meaning.ts'

const named = (entries: Partial<Record<Meaning, readonly string[]>>): ReadonlyMap<string, Meaning> =>
  new Map(
    (Object.entries(entries) as [Meaning, readonly string[]][]).flatMap(([means, names]) =>
      names.map((name): [string, Meaning] => [name, means]),
    ),
  )

/** Without their E, in lower case and without what is between the words. */
const ERRORS = named({
  refused: ['connrefused', 'connectionrefused'],
  reset: ['connreset', 'connectionreset', 'connaborted', 'connectionaborted', 'netreset'],
  'timed-out': ['timedout', 'connectiontimedout'],
  unreachable: [
    ...['hostunreach', 'hostunreachable', 'hostdown', 'netunreach', 'networkunreachable'],
    ...['netdown', 'networkdown'],
  ],
  'dns-failure': ['nxdomain', 'hostnotfound', 'notfound'],
  lost: ['pipe', 'brokenpipe', 'notconn', 'notconnected'],
})

/** ECONNABORTED, by its name, its text and its number; no other error that ends TCP has one of these. */
const ABORTED =
  /ECONNABORTED|\bconnection ?abort|\babort(?:ed)? by the software in your host\b|\b10053\b|\b(?:errno|os error|POSIX\w{0,12}"?|SocketException)[ :=([-]{1,4}(?:(?:code[ :=]{1,2}|error |rawValue: ))?(?:103|53)\b/i

/** A reset says of the other end what an abort says of the speaker’s own machine. */
export const withAbort = (said: Said, text: string): Said =>
  said.means === 'reset' && ABORTED.test(text) ? { ...said, isOwnAbort: true } : said

/** On Linux, macOS and Windows. Where two systems have one number for two errors, it is left out. */
const NUMBERS = named({
  refused: ['111', '61', '10061'],
  reset: ['104', '54', '103', '53', '10054', '10053'],
  'timed-out': ['110', '60', '10060'],
  unreachable: ['113', '101', '65', '51', '10065', '10051'],
  'dns-failure': ['11001'],
  lost: ['32', '107', '57', '10057'],
})

/** By name, and by the number of the protocol. */
const ALERTS = named({
  'tls-version': [
    ...['handshakefailure', 'protocolversion', 'insufficientsecurity', 'inappropriatefallback'],
    ...['noapplicationprotocol', '40', '70', '71', '86', '120'],
  ],
  'cert-untrusted': [
    ...['unknownca', 'certificateunknown', 'badcertificate', 'unsupportedcertificate', 'certificaterevoked'],
    ...['42', '43', '44', '46', '48'],
  ],
  'cert-expired': ['certificateexpired', '45'],
  'tls-client-certificate': ['certificaterequired', '116'],
  'cert-name': ['unrecognizedname', 'unrecognisedname', '112'],
  'tls-garbled': [
    ...[
      'unexpectedmessage',
      'badrecordmac',
      'recordoverflow',
      'decodeerror',
      'decrypterror',
      'illegalparameter',
    ],
    ...['internalerror', '10', '20', '22', '47', '50', '51', '80'],
  ],
})

const WORDS =
  'CONN[_ ]?REFUSED|CONN[_ ]?RESET|CONN[_ ]?ABORTED|TIMED[_ ]?OUT|HOST[_ ]?UNREACH(?:ABLE)?|HOST[_ ]?DOWN|NET[_ ]?UNREACH|NET[_ ]?DOWN|NET[_ ]?RESET|NOT[_ ]?CONN|PIPE'

/** In order: the first that fits has the name or number in its first group. */
const ERROR_SHAPES: readonly RegExp[] = [
  // ECONNREFUSED, WSAECONNRESET; atoms of Erlang and Elixir; errors of DNS.
  new RegExp(`(?<![\\w.-])(?:WSA)?E(${WORDS})(?!\\w)`),
  new RegExp(`[{:(,[ ]e(${WORDS.toLowerCase()})(?=[\\s}\\],)]|$)`),
  /[{:(,[ ](nxdomain)(?=[\s}\],)]|$)/,
  // Debug of Rust, enumerations of .NET, C++ and Swift.
  /(?:\bkind: |\bErrorKind::|\bSocketError(?:Code)?(?:\.|: |=)|\berrc::|\bIo\(Kind\()(connection_?refused|connection_?reset|connection_?aborted|timed_?out|host_?unreachable|network_?unreachable|network_?down|broken_?pipe|not_?connected|host_?not_?found)\b/i,
  // A number with the name of its table.
  /(?:\bos error |\bsystem:|\bWinError |\berror_code |\bSocketException \(|\bmono-io-layer-error \(|\bnw_error_domain_posix )(\d{2,5})\b/,
]

const ALERT_NAME =
  /\balert(?:\w{0,8}\(|s?\b)[^\nA-Za-z]{0,6}(?:(?:received|fatal|level|description|message|CLIENT|SERVER|TLS|SSL|is|of|for|number|with|-)[^\nA-Za-z]{1,4}){0,4}(?:~c)?["']?([A-Za-z]{2,12}(?:[ _-]?[A-Za-z]{2,14}){1,2})/i
const ALERT_ATOM = /\btls_alert, ?\{?:?(?:~c)?["']?([a-z]{2,12}(?:[ _][a-z]{2,14}){1,2})/
const ALERT_NUMBER = /\balert (?:number |code )?[(=:]? ?(\d{2,3})\b/i

const plainName = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Longer lines are data. */
const LONGEST = 600

/** Undefined where a line names no error of a system, and no alert of TLS. Whose connection it was is not said, so it proves nothing. */
export function systemErrorOf(line: string): Said | undefined {
  if (line.length > LONGEST) return undefined
  for (const shape of ERROR_SHAPES) {
    const name = shape.exec(line)?.[1]
    const means = name === undefined ? undefined : (ERRORS.get(plainName(name)) ?? NUMBERS.get(name))
    if (means !== undefined) return { means, unsure: true }
  }
  return alertOf(line)
}

function alertOf(line: string): Said | undefined {
  if (!/alert/i.test(line)) return undefined
  const number = /\b(?:ssl|tls)\b/i.test(line) ? ALERT_NUMBER.exec(line)?.[1] : undefined
  const names = [
    ALERT_ATOM.exec(line)?.[1],
    /\b(?:fatal|tls|ssl|received)\b|AlertReceived/i.test(line) ? ALERT_NAME.exec(line)?.[1] : undefined,
  ]
  for (const text of [...names, number]) {
    const means = text === undefined ? undefined : alertNamed(text)
    if (means !== undefined) return { means, unsure: true }
  }
  return undefined
}

/** The words behind a name may go on: `unknown ca generated by`. */
function alertNamed(text: string): Meaning | undefined {
  const parts = text.split(/[ _-]/)
  for (let count = parts.length; count > 0; count--) {
    const means = ALERTS.get(plainName(parts.slice(0, count).join('')))
    if (means !== undefined) return means
  }
  return undefined
}
