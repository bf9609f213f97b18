/** Apache httpd: what becomes of an upgrade (mod_proxy, mod_proxy_wstunnel, mod_rewrite), and after how much silence it ends. */
import { linesWith, type OtherCheck, type OtherFinding, severityOfIdle } from '#lib/configs/others/finding.ts'
import { apache as code } from '#lib/text/configurations.ts'
import { durationSeconds } from '#lib/text/duration.ts'
import { sentence } from '#lib/text/foreign.ts'

const PASS =
  /^\s{0,80}ProxyPass(?:Match)?\s{1,40}"?(?:(\/[^\s"]{0,500})"?\s{1,40}"?)?((?:https?|wss?):\/\/[^\s"]{1,1000})"?(.{0,500})$/i
const REWRITE =
  /^\s{0,80}RewriteRule\s{1,40}"?\S{1,500}?"?\s{1,40}"?((?:https?|wss?):\/\/[^\s"]{1,1000})"?(?:\s{1,40}\[([^\]]{1,100})\])?/i
/** A condition on a header of the handshake, by a word as it is: what is before and behind it, and its flags. */
const CONDITION =
  /^\s{0,80}RewriteCond\s{1,40}"?%\{(?:HTTP|REQ):(Upgrade|Connection)\}"?\s{1,40}"?([\^=]?)([\w-]{1,40})(\$?)"?(?:\s{1,40}\[([^\]\n]{1,100})\])?\s{0,20}$/i
const TIMER =
  /^\s{0,80}(Timeout|ProxyTimeout|ProxyWebsocketIdleTimeout)\s{1,40}(\d{1,7}(?:ms|s|m|h)?)\s{0,40}$/i
const TLS_ENGINE = /^\s{0,80}SSLProxyEngine\s{1,40}on\b/i

export const apache: OtherCheck = (lines) => {
  const passes = passesIn(lines)
  const rewrites = linesWith(lines, REWRITE).map(({ line, groups: [, target = '', flags = ''] }) => ({
    line,
    target,
    flags,
  }))
  const isTunnelled =
    passes.some(({ isSocket }) => isSocket) || rewrites.some(({ target }) => /^wss?:/i.test(target))
  return [
    ...withoutPercent(rewrites),
    ...withoutProxyFlag(rewrites),
    ...notUpgraded(passes, isTunnelled),
    ...shadowed(passes),
    ...slashes(passes),
    ...withoutTls(lines, [...passes, ...rewrites]),
    ...(isTunnelled ? [...unmet(conditionsIn(lines)), ...anchored(conditionsIn(lines))] : []),
    ...idle(lines, isTunnelled),
  ]
}

type Pass = {
  readonly line: number
  /** Undefined within a Location, whose path it has. */
  readonly path: string | undefined
  readonly target: string
  /** To `ws://`, or with `upgrade=`. */
  readonly isSocket: boolean
  /** Of which virtual host it is. */
  readonly host: number
}

function passesIn(lines: readonly string[]): Pass[] {
  const found: Pass[] = []
  let host = 0
  for (const [at, text] of lines.entries()) {
    if (/^\s{0,80}<VirtualHost\b/i.test(text)) host++
    const [, path, target, options = ''] = text.length > 4000 ? [] : (PASS.exec(text) ?? [])
    if (target === undefined) continue
    const isSocket = /^wss?:/i.test(target) || /\bupgrade=/i.test(options)
    found.push({ line: at + 1, path, target, isSocket, host })
  }
  return found
}

type Rewrite = { readonly line: number; readonly target: string; readonly flags: string }

/** `{REQUEST_URI}` without its percent sign is text. */
const withoutPercent = (rewrites: readonly Rewrite[]): OtherFinding[] =>
  rewrites.flatMap(({ line, target }) => {
    const name = /(?<!%)\{(REQUEST_URI|HTTP_HOST|QUERY_STRING|SERVER_NAME)\}/.exec(target)?.[1]
    if (name === undefined) return []
    return [
      {
        rule: 'variable-without-percent',
        severity: 'error',
        line,
        cause: 'path-not-found',
        says: sentence`A variable of Apache begins with a percent sign: %{${name}}. Here the backend is asked for the path {${name}} itself.`,
        change: {
          program: 'apache',
          where: sentence`Apache httpd, line ${line}`,
          text: code`RewriteRule .* ws://YOUR_BACKEND%{REQUEST_URI} [P]`,
        },
      } satisfies OtherFinding,
    ]
  })

/** A rule with an address and without [P] sends a redirect. */
const withoutProxyFlag = (rewrites: readonly Rewrite[]): OtherFinding[] =>
  rewrites
    .filter(({ target, flags }) => /^wss?:/i.test(target) && !/(?:^|,)\s{0,4}(?:P|proxy)(?:$|,)/i.test(flags))
    .map(({ line }) => ({
      rule: 'rewrite-not-proxied',
      severity: 'error',
      line,
      cause: 'redirected',
      says: sentence`Without the flag P this rule answers with a redirect, which no browser follows for a WebSocket.`,
      change: {
        program: 'apache',
        where: sentence`Apache httpd, line ${line}`,
        text: code`RewriteRule ^/?(.*) ws://YOUR_BACKEND/$1 [P,L]`,
      },
    }))

/** mod_proxy_http passes an upgrade on where `upgrade=` says so. */
function notUpgraded(passes: readonly Pass[], isTunnelled: boolean): OtherFinding[] {
  const [first] = passes
  if (first === undefined || isTunnelled) return []
  return [
    {
      rule: 'upgrade-not-passed',
      severity: 'error',
      line: first.line,
      cause: 'upgrade-headers-stripped',
      says: sentence`ProxyPass to http:// passes no upgrade on: it needs upgrade=websocket (2.4.47), or a ProxyPass to ws:// before it.`,
      change: {
        program: 'apache',
        where: sentence`Apache httpd 2.4.47 or later, in place of line ${first.line}`,
        text: code`ProxyPass ${code.word(first.path ?? '/')} ${code.word(first.target)} upgrade=websocket`,
      },
    },
  ]
}

/** The first ProxyPass whose path fits is taken: what is more general has to come last. */
function shadowed(passes: readonly Pass[]): OtherFinding[] {
  return passes.flatMap((pass, at) => {
    const { path, isSocket, host, line } = pass
    if (path === undefined || !isSocket) return []
    const before = passes
      .slice(Math.max(0, at - MOST_BEFORE), at)
      .find(
        (other) =>
          !other.isSocket && other.host === host && other.path !== undefined && path.startsWith(other.path),
      )
    if (before === undefined) return []
    return [
      {
        rule: 'pass-shadowed',
        severity: 'error',
        line,
        cause: 'upgrade-headers-stripped',
        says: sentence`Line ${before.line} takes ${path} first, and passes no upgrade on: of several ProxyPass lines the first that fits counts.`,
        change: {
          program: 'apache',
          where: sentence`Apache httpd, before line ${before.line}`,
          text: code`ProxyPass ${code.word(path)} ${code.word(pass.target)}`,
        },
      } satisfies OtherFinding,
    ]
  })
}

const MOST_BEFORE = 100

/** Where one of path and address ends with a slash and the other does not, a slash too many or too few arrives. */
function slashes(passes: readonly Pass[]): OtherFinding[] {
  return passes.flatMap(({ path, target, isSocket, line }) => {
    const url = URL.parse(target)
    if (!isSocket || path === undefined || path === '/' || url === null || /[$%]/.test(target)) return []
    const hasPath = url.pathname !== '/' || target.endsWith('/')
    if (!hasPath || path.endsWith('/') === url.pathname.endsWith('/')) return []
    return [
      {
        rule: 'slashes-differ',
        severity: 'warning',
        line,
        cause: 'path-not-found',
        says: sentence`One of ${path} and ${url.pathname} ends with a slash and the other does not: the backend gets a slash too many or too few.`,
        change: {
          program: 'apache',
          where: sentence`Apache httpd, line ${line}: a slash at both ends, or at none`,
          text: code`ProxyPass ${code.word(path.replace(/\/$/, ''))} ${code.word(target.replace(/\/$/, ''))}`,
        },
      } satisfies OtherFinding,
    ]
  })
}

function withoutTls(
  lines: readonly string[],
  targets: readonly { line: number; target: string }[],
): OtherFinding[] {
  const secure = targets.find(({ target }) => /^(?:https|wss):/i.test(target))
  if (secure === undefined || lines.some((text) => TLS_ENGINE.test(text))) return []
  return [
    {
      rule: 'tls-engine-off',
      severity: 'error',
      line: secure.line,
      cause: 'proxy-misconfigured',
      says: sentence`The backend is asked with TLS, and SSLProxyEngine is not on here: Apache answers 500 (AH00961) by itself.`,
      change: {
        program: 'apache',
        where: sentence`Apache httpd, in the virtual host`,
        text: code`SSLProxyEngine on`,
      },
    },
  ]
}

type Condition = {
  readonly line: number
  readonly header: 'upgrade' | 'connection'
  readonly word: string
  /** The value has to be the word, has to begin with it, or has it somewhere. */
  readonly fits: 'whole' | 'start' | 'end' | 'part'
  readonly ignoresCase: boolean
}

/** Those that another condition stands in for ([OR]) are left out. */
function conditionsIn(lines: readonly string[]): Condition[] {
  const found = linesWith(lines, CONDITION)
  return found.flatMap(({ line, groups }, at) => {
    const [, name = '', before = '', word = '', after = '', flags = ''] = groups
    const isOr = (given = '') => /(?:^|,)\s{0,4}(?:OR|ornext)(?:$|,)/i.test(given)
    if (isOr(flags) || isOr(found[at - 1]?.groups[5])) return []
    const fits =
      before === '=' || (before === '^' && after)
        ? 'whole'
        : before === '^'
          ? 'start'
          : after
            ? 'end'
            : 'part'
    return [
      {
        line,
        header: name.toLowerCase() === 'upgrade' ? 'upgrade' : 'connection',
        word,
        fits,
        ignoresCase: /(?:^|,)\s{0,4}(?:NC|nocase)(?:$|,)/i.test(flags),
      },
    ]
  })
}

/** What clients send: browsers and libraries alike, Firefox with `keep-alive` before it. */
const SENT = { upgrade: ['websocket'], connection: ['Upgrade', 'keep-alive, Upgrade'] }

function isMet({ word, fits, ignoresCase }: Condition, sent: string): boolean {
  const [value, wanted] = ignoresCase ? [sent.toLowerCase(), word.toLowerCase()] : [sent, word]
  if (fits === 'whole') return value === wanted
  if (fits === 'start') return value.startsWith(wanted)
  return fits === 'end' ? value.endsWith(wanted) : value.includes(wanted)
}

/** `^Upgrade$` on the header Upgrade, whose value is websocket; `=WebSocket`, which minds the case. */
const unmet = (conditions: readonly Condition[]): OtherFinding[] =>
  conditions
    .filter((condition) => !SENT[condition.header].some((sent) => isMet(condition, sent)))
    .map(({ line, header, word }) => {
      const [name, value] = header === 'upgrade' ? ['Upgrade', 'websocket'] : ['Connection', 'Upgrade']
      return {
        rule: 'condition-never-met',
        severity: 'error',
        line,
        cause: 'upgrade-headers-stripped',
        says: sentence`Clients send “${name}: ${value}”, and this condition wants ${word}: no handshake meets it, and all of them go to the rule for pages.`,
        change: {
          program: 'apache',
          where: sentence`Apache httpd, line ${line}`,
          text:
            header === 'upgrade'
              ? code`RewriteCond %{HTTP:Upgrade} websocket [NC]`
              : code`RewriteCond %{HTTP:Connection} upgrade [NC]`,
        },
      } satisfies OtherFinding
    })

/** Firefox sends `Connection: keep-alive, Upgrade`. */
const anchored = (conditions: readonly Condition[]): OtherFinding[] =>
  conditions
    .filter(
      (condition) =>
        condition.header === 'connection' &&
        isMet(condition, 'Upgrade') &&
        !isMet(condition, 'keep-alive, Upgrade'),
    )
    .map(({ line }) => ({
      rule: 'connection-anchored',
      severity: 'warning',
      line,
      cause: 'upgrade-headers-stripped',
      says: sentence`Firefox sends “Connection: keep-alive, Upgrade”, which this condition does not match: its handshakes go to the rule for pages.`,
      change: {
        program: 'apache',
        where: sentence`Apache httpd, line ${line}`,
        text: code`RewriteCond %{HTTP:Connection} upgrade [NC]`,
      },
    }))

/** Measured on 2.4: the greater of Timeout and ProxyTimeout ends an idle tunnel. */
function idle(lines: readonly string[], isTunnelled: boolean): OtherFinding[] {
  const set = linesWith(lines, TIMER).flatMap(({ line, groups: [, name = '', value = ''] }) => {
    const seconds = durationSeconds(value, 's')
    return seconds === undefined ? [] : [{ line, name, value, seconds }]
  })
  const longest = set.toSorted((a, b) => b.seconds - a.seconds)[0]
  const severity = longest && severityOfIdle(longest.seconds)
  if (longest === undefined || severity === undefined || !isTunnelled) return []
  return [
    {
      rule: 'timeout-short',
      severity,
      line: longest.line,
      cause: 'idle-timeout',
      says: sentence`Apache ends a WebSocket after ${longest.seconds} s of silence (${longest.name} ${longest.value}), without a Close frame: both sides see 1006.`,
      change: {
        program: 'apache',
        where: sentence`Apache httpd, virtual host: longer than your longest silence, such as 1 h`,
        text: code`ProxyTimeout 3600`,
      },
    },
  ]
}
