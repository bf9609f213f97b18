/** Random configurations, the same on every run: texts with a mistake in them, and servers with many locations. */
import type { Random } from '#tests/parity/support/dice.ts'

const VALUES = [
  '0',
  '1M',
  '60sec',
  '-1',
  '2s500ms',
  '"1h 30m"',
  '"1s 2s"',
  '10k',
  '1g',
  '99999',
  'abc',
  '5y',
  '1d12h',
]
const CHARACTERS = [';', '{', '}', '"', "'", '\\', '#', ' ', '$', 'x', '0', '(', ')', '~']

/** One line or character too many, too few, elsewhere, or another value. */
export function mutate(text: string, { below, pick }: Random): string {
  const lines = text.split('\n')
  const at = below(lines.length)
  const line = lines[at] ?? ''
  const column = below(line.length + 1)
  const changes = [
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, line),
    () => lines.splice(below(lines.length), 0, line),
    () => lines.splice(at, 1, line.slice(0, column) + line.slice(column + 1)),
    () => lines.splice(at, 1, line.slice(0, column) + pick(CHARACTERS) + line.slice(column)),
    () => lines.splice(at, 1, line.replace(/\d+\w*/, pick(VALUES))),
    () =>
      lines.splice(at, 1, line.replace(/ (\S+);/, pick([' $1 extra;', ';', ' on;', ' $$nope;', ' "$1";']))),
  ]
  pick(changes)()
  return lines.join('\n')
}

const PREFIXES = ['/', '/ws', '/ws/', '/w', '/ws/live', '/ws/live/', '/api', '/api/ws', '/wsx']
const EXPRESSIONS = ['^/ws', '/ws$', '^/[a-z]+$', 'live', '\\.json$', '^/api/(.*)$', 'x$', '^/WS']

/** Locations that answer with their number; most can be reached from others by rewrites and errors. */
export function randomServer(dice: Random): string {
  let count = 0
  const location = (parent: string, depth: number): string => {
    const { below, pick } = dice
    count += 1
    const me = `L${count}`
    const isPrefix = depth > 0 || below(2) === 0
    const name = depth > 0 ? parent + pick(['', '/', 'live', '/live', 'x']) : pick(PREFIXES)
    const modifier = isPrefix ? pick(['', '', '', '= ', '^~ ']) : pick(['~ ', '~* '])
    const body = pick([
      [],
      [],
      [`rewrite ^ ${pick(['/ws', '/api/x', '/other'])} ${pick(['last', 'break', ''])};`],
      [`if ($http_upgrade) { rewrite ^ ${pick(PREFIXES)}q ${pick(['last', 'break', ''])}; }`],
      [`if ($http_upgrade = "${pick(['websocket', 'WebSocket'])}") { return 200 "${me}"; }`],
      [`if ($uri ~ "${pick(EXPRESSIONS)}") { return 200 "${me}"; }`],
      ['error_page 418 = @a;', 'return 418;'],
      ['internal;'],
    ])
    const nested =
      isPrefix && modifier !== '= ' && depth < 2 && below(3) === 0 ? [location(name, depth + 1)] : []
    const end = pick(['return', 'return', 'proxy', 'try'])
    const ends = {
      return: `return 200 "${me}";`,
      proxy: 'proxy_pass http://127.0.0.1:9;',
      try: `try_files $uri ${pick(['@a', '/ws', '/api/x', '=404'])};`,
    }
    const head = modifier + (isPrefix ? name : pick(EXPRESSIONS))
    return `location ${head} { ${[...body, ends[end as keyof typeof ends], ...nested].join('\n')} }`
  }
  const locations = Array.from({ length: 2 + dice.below(5) }, () => location('', 0))
  return [...locations, 'location @a { return 200 "LA"; }'].join('\n')
}
