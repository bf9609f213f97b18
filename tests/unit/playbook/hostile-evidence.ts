/**
 * Evidence in which every value that a fix may quote is made of what shells, languages and configurations act on.
 * Where anything of it is run, there is a file `ran`.
 */
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'

/** All that a URL takes for a host. */
const hosts = [
  '$({touch,ran})',
  '`{touch,ran}`',
  'a;{touch,ran};b',
  'a&{touch,ran}&b',
  '-o{touch,ran}',
  "a';{touch,ran};'b",
  'a"b";$({touch,ran})',
  '\x24{ifs}!{touch,ran}',
  '[::1]',
]

const words = [
  '$(touch ran)',
  '`touch ran`',
  "';touch ran;'",
  '";touch ran;"',
  "\\';touch ran;\\'",
  '\\";touch ran;\\"',
  '\\',
  '{touch,ran}',
  '&& touch ran #',
  '#{`touch ran`}',
  '\x24{`touch ran`}',
  "'); require('fs').writeFileSync('ran', ''); ('",
  "' + __import__('os').system('touch ran') + '",
  '</script><script>alert(1)</script><!--',
  '; } http { } ;',
  'x\ntouch ran\n',
  'x\r\ntouch ran\r\n',
  'a\u2028b\u2029c\u0085d\u0000e\u001b[31mf\u009b31m',
  '\u202eright\u2066to\u200bleft\ufeff',
  'tags \u{e0041}\u{e0042}, half \ud800 and \udc00',
]

const texts = (word: string): Evidence =>
  parseEvidence({
    target: {
      url: `wss://app.example/${word}?q=${word}`,
      subprotocols: [word, `${word}2`],
      page_origin: word,
    },
    probe: {
      origin: word,
      http: { status: 302, headers: [['Location', word]], body_start: word },
      end: { kind: 'http_response', ms: 1 },
    },
    retries: [{ vary: { origin: word }, status: 101 }],
  })

const located = (host: string): Evidence =>
  parseEvidence({
    target: { url: `wss://${host}:8443/ws`, subprotocols: ['chat'], page_origin: `https://${host}` },
    probe: {
      http: { status: 302, headers: [['Location', `https://${host}/login?next=${host}`]] },
      end: { kind: 'http_response', ms: 1 },
    },
  })

export const hostileEvidence: readonly Evidence[] = [...hosts.map(located), ...words.map(texts)]
export { hosts as hostileHosts, words as hostileWords }
