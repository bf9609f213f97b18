/**
 * Versions of TLS as people pin them in their own source code: `SslProtocols.Tls11`, `MinVersion: tls.VersionTLS13`. An
 * end that takes only old ones, or only the newest, finds nobody to agree with, and no alert says where it is set.
 */

export type TlsVersionSet = {
  /** As it is written: `SslProtocols.Tls11`. */
  name: string
  does: 'at_least' | 'at_most' | 'only'
  /** `1.1`; of several the newest. */
  version: string
}

type Rule = { does: TlsVersionSet['does']; pattern: RegExp }

/** In each the first group names the version. */
const RULES: readonly Rule[] = [
  // .NET: names joined by |
  {
    does: 'only',
    pattern:
      /\b((?:SslProtocols|SecurityProtocolType)\.(?:Tls|Ssl)\d{0,2}(?: ?\| ?(?:SslProtocols|SecurityProtocolType)\.(?:Tls|Ssl)\d{0,2}){0,5})\b/,
  },
  // Go
  { does: 'at_least', pattern: /\b(MinVersion ?[:=] ?tls\.Version(?:TLS|SSL)\d\d)\b/ },
  { does: 'at_most', pattern: /\b(MaxVersion ?[:=] ?tls\.Version(?:TLS|SSL)\d\d)\b/ },
  // Node
  { does: 'at_least', pattern: /\b((?:minVersion|DEFAULT_MIN_VERSION) ?[:=] ?['"]TLSv1(?:\.\d)?['"])/ },
  { does: 'at_most', pattern: /\b((?:maxVersion|DEFAULT_MAX_VERSION) ?[:=] ?['"]TLSv1(?:\.\d)?['"])/ },
  {
    does: 'only',
    pattern: /\b(secureProtocol ?[:=] ?['"](?:TLSv1(?:_\d)?|SSLv3)_(?:client_|server_)?method['"])/,
  },
  // Python
  { does: 'at_least', pattern: /\b(minimum_version ?= ?(?:ssl\.)?TLSVersion\.(?:TLSv1(?:_\d)?|SSLv3))\b/ },
  { does: 'at_most', pattern: /\b(maximum_version ?= ?(?:ssl\.)?TLSVersion\.(?:TLSv1(?:_\d)?|SSLv3))\b/ },
  { does: 'only', pattern: /\b((?:ssl\.)?PROTOCOL_(?:TLSv1(?:_\d)?|SSLv3))\b/ },
  // Java, OkHttp
  { does: 'at_most', pattern: /\b(SSLContext\.getInstance\("TLSv1(?:\.\d)?"\))/ },
  {
    does: 'only',
    pattern:
      /\b(setEnabledProtocols\(new String ?\[\] ?\{ ?"TLSv1(?:\.\d)?"(?:, ?"TLSv1(?:\.\d)?"){0,4} ?\}\))/,
  },
  {
    does: 'only',
    pattern: /(-D(?:jdk\.tls\.client|https)\.protocols=TLSv1(?:\.\d)?(?:,TLSv1(?:\.\d)?){0,4})\b/,
  },
  { does: 'only', pattern: /\b(tlsVersions\(TlsVersion\.TLS_1_\d(?:, ?TlsVersion\.TLS_1_\d){0,4}\))/ },
  // Rust, Ruby, Boost.Asio, curl
  { does: 'at_most', pattern: /\b(max_protocol_version\(Some\(Protocol::Tlsv1\d?\)\))/ },
  { does: 'at_least', pattern: /\b(min_protocol_version\(Some\(Protocol::Tlsv1\d?\)\))/ },
  {
    does: 'at_least',
    pattern: /\b(min_version ?[:=] ?(?:OpenSSL::SSL::TLS1(?:_\d)?_VERSION|:TLS1(?:_\d)?))\b/,
  },
  {
    does: 'at_most',
    pattern: /\b(max_version ?[:=] ?(?:OpenSSL::SSL::TLS1(?:_\d)?_VERSION|:TLS1(?:_\d)?))\b/,
  },
  { does: 'only', pattern: /\b(ssl_version ?[:=] ?:TLSv1(?:_\d)?)\b/ },
  { does: 'only', pattern: /\b((?:ssl::)?context::(?:tlsv1\d?|sslv3)(?:_client|_server)?)\b/ },
  { does: 'at_most', pattern: /(--tls-max 1\.\d)\b/ },
]

const LONGEST = 400
const COMMENT = /^\s{0,40}(?:\/\/|#|\*)/

/** Undefined where a line pins none. */
export function tlsVersionIn(line: string): TlsVersionSet | undefined {
  if (line.length > LONGEST || COMMENT.test(line)) return undefined
  // The least that is taken says less than the most.
  const found = RULES.flatMap(({ pattern, does }) => {
    const name = pattern.exec(line)?.[1]
    if (name === undefined) return []
    const versions = versionsIn(name)
    const [oldest, newest] = [Math.min(...versions), Math.max(...versions)]
    // Both that are in use.
    return does === 'only' && newest === 3 && oldest < 3 ? [] : [{ name, does, version: `1.${newest}` }]
  })
  return found.find(({ does }) => does !== 'at_least') ?? found[0]
}

/** `Tls`, `VersionTLS10`, `TLSv1` are 1.0; `Tls11`, `TLSv1_1`, `TLS_1_1`, `1.1` are 1.1; what came before TLS counts as 1.0. */
function versionsIn(name: string): number[] {
  return [...name.matchAll(/(?:TLS|SSL)(?:v|_)?(\d)?[._]?(\d)?|(?<=--tls-max )(\d)\.(\d)/gi)].map(
    ([text, major, minor, , other]) =>
      /^ssl/i.test(text) && major !== '1' ? 0 : Number(minor ?? other ?? 0),
  )
}

/** No server and no browser of today takes what this end takes: all need TLS 1.2 or newer. */
export const isOutdated = ({ does, version }: Pick<TlsVersionSet, 'does' | 'version'>): boolean =>
  does !== 'at_least' && version < '1.2'

/** Whoever speaks no TLS 1.3 yet is refused. */
export const isNewest = ({ does, version }: Pick<TlsVersionSet, 'does' | 'version'>): boolean =>
  does !== 'at_most' && version === '1.3'
