/** Configurations, each with its way to write foreign text as one word; where there is none, a stand-in is written. */
import { plainHost, syntaxOf, YOUR_VALUE } from '#lib/text/code.ts'
import { visible } from '#lib/text/foreign.ts'

type Quote = (text: string) => string

/** `quote` for what can be seen: none of these programs has escapes for the rest, and no configuration holds any. */
const seen =
  (quote: Quote): Quote =>
  (text) =>
    visible(text) === text ? quote(text) : YOUR_VALUE

const safe = /^[\w/:.,@%+=-]+$/

/** Read as they are; backslashes too, where nginx takes them for no escape, as in `\.php$`. */
const bareWord = /^(?!#)(?:[^\s;{}"'\\]|\\[^\s;{}"'\\trn])+$/

const inDoubleQuotes = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

export const nginx = syntaxOf('nginx', {
  /** For directives that know no variables: `location`, `server_name`. In others nothing keeps "$" literal. */
  word: seen((text) => (text !== '' && !/[\s;{}"'\\#$]/.test(text) ? text : inDoubleQuotes(text))),
  /** A parameter of a configuration that is written again: its variables stay variables. */
  argument: seen((text) => (bareWord.test(text) ? text : inDoubleQuotes(text))),
  /** A host in the name of a file. */
  host: plainHost,
})

export const haproxy = syntaxOf('haproxy', {
  /** As a shell: in double quotes "$" would be a variable. */
  word: seen((text) => (safe.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)),
  host: plainHost,
})

export const apache = syntaxOf('apache', {
  /** ${…} is replaced wherever it stands. */
  word: seen((text) => {
    if (text.includes('${')) return YOUR_VALUE
    return safe.test(text) ? text : inDoubleQuotes(text)
  }),
})

export const caddy = syntaxOf('caddy', {
  /** {…} is replaced even in quotes; backquotes keep all but themselves literal. */
  word: seen((text) => {
    if (safe.test(text)) return text
    return /[{}`]/.test(text) ? YOUR_VALUE : `\`${text}\``
  }),
})

export const yaml = syntaxOf('yaml', { string: seen(inDoubleQuotes) })

/** Varnish's language. Nothing foreign is written in it. */
export const vcl = syntaxOf('vcl', {})

export const squid = syntaxOf('squid', {})

export const lighttpd = syntaxOf('lighttpd', {})

export const csp = syntaxOf('csp', {
  /** Where a policy may connect to: a host with a semicolon would end the directive and begin another. */
  source: ({ protocol, hostname, port }: URL) => `${protocol}//${plainHost(hostname)}${port && `:${port}`}`,
})

export const env = syntaxOf('env', {
  /** Readers of such files agree on plain words alone. */
  value: (text: string) => (safe.test(text) ? text : YOUR_VALUE),
})

/** What a person sets by hand. */
export const setting = syntaxOf('setting', {
  value: (text: string) => (safe.test(text) ? text : YOUR_VALUE),
})
