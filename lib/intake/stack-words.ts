/**
 * Programs that a person names, in their own words or by their own code: “a FastAPI app behind nginx”,
 * `new WebSocketServer({ port: 8080 })`. They say whose fix comes first, and nothing of what failed.
 */
import type { Evidence } from '#lib/evidence/schema.ts'

type Side = 'client' | 'server' | 'proxy'
type Named = readonly [side: Side, id: string]

const NAMES: Readonly<Record<string, Named>> = {
  nginx: ['proxy', 'nginx'],
  'ingress-nginx': ['proxy', 'ingress-nginx'],
  'nginx-ingress': ['proxy', 'ingress-nginx'],
  haproxy: ['proxy', 'haproxy'],
  apache: ['proxy', 'apache'],
  apache2: ['proxy', 'apache'],
  httpd: ['proxy', 'apache'],
  traefik: ['proxy', 'traefik'],
  caddy: ['proxy', 'caddy'],
  envoy: ['proxy', 'envoy'],
  istio: ['proxy', 'istio'],
  alb: ['proxy', 'aws-alb'],
  'application load balancer': ['proxy', 'aws-alb'],
  cloudflare: ['proxy', 'cloudflare'],
  node: ['server', 'node'],
  'node.js': ['server', 'node'],
  nodejs: ['server', 'node'],
  express: ['server', 'express'],
  fastapi: ['server', 'starlette'],
  starlette: ['server', 'starlette'],
  uvicorn: ['server', 'uvicorn'],
  django: ['server', 'django'],
  daphne: ['server', 'daphne'],
  flask: ['server', 'flask'],
  tornado: ['server', 'tornado'],
  'spring boot': ['server', 'spring'],
  spring: ['server', 'spring'],
  tomcat: ['server', 'tomcat'],
  jetty: ['server', 'jetty'],
  'asp.net': ['server', 'aspnetcore'],
  'asp.net core': ['server', 'aspnetcore'],
  kestrel: ['server', 'kestrel'],
  signalr: ['server', 'signalr'],
  rails: ['server', 'rails'],
  actioncable: ['server', 'actioncable'],
  phoenix: ['server', 'phoenix'],
  golang: ['server', 'go'],
  gorilla: ['server', 'gorilla'],
  laravel: ['server', 'php'],
  'react native': ['client', 'react-native'],
  'react-native': ['client', 'react-native'],
  android: ['client', 'android'],
  emulator: ['client', 'android'],
  flutter: ['client', 'dart'],
  react: ['client', 'browser'],
  angular: ['client', 'browser'],
  vue: ['client', 'browser'],
}

const quoted = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const NAME = new RegExp(
  `(?<![\\w./@-])(?:${Object.keys(NAMES)
    .toSorted((a, b) => b.length - a.length)
    .map(quoted)
    .join('|')})(?![\\w/@-]|\\.\\w)`,
  'gi',
)

/** “without nginx”, “we removed the ALB”: it is not on the way. */
const ABSENT =
  /\b(?:without|no|not|never|remov\w{1,4}|bypass\w{0,4}|instead of|rather than|skip\w{0,5}|disabl\w{1,4}|other than|replac\w{1,4}|unlike)\b[^.,;]{0,24}$/i

const CODE: readonly (readonly [pattern: RegExp, ...named: Named[]])[] = [
  [/\bnew (?:WebSocketServer|WebSocket\.Server|WSServer)\(/, ['server', 'ws']],
  [/(?:from|require\() ?['"]socket\.io['"]/, ['server', 'socket.io']],
  [/(?:from|require\() ?['"]socket\.io-client['"]/, ['client', 'socket-io']],
  [/(?:from|require\() ?['"]express['"]/, ['server', 'express']],
  [/\bfrom (?:fastapi|starlette)\b|\bFastAPI\(/, ['server', 'starlette']],
  [/\bUvicornWorker\b|\buvicorn(?:\.run\(| [\w.]{1,80}:\w)/, ['server', 'uvicorn']],
  [/\bfrom channels\.|\b(?:Async)?(?:Json)?WebsocketConsumer\b|\bASGI_APPLICATION\b/, ['server', 'channels']],
  [/\bflask_socketio\b/, ['server', 'flask'], ['server', 'socket.io']],
  [/\bwebsockets\.serve\(/, ['server', 'websockets']],
  [/\bwebsockets\.connect\(/, ['client', 'python-websockets']],
  [/\bwebsocket\.(?:WebSocketApp|create_connection)\(/, ['client', 'websocket-client']],
  [/\btornado\.websocket\b/, ['server', 'tornado']],
  [/@ServerEndpoint\b/, ['server', 'jsr-356']],
  [/@EnableWebSocket\b|\bTextWebSocketHandler\b|\bWebSocketConfigurer\b/, ['server', 'spring']],
  [/\bUseWebSockets\(/, ['server', 'aspnetcore']],
  [/\b(?:MapHub<|AddSignalR\()/, ['server', 'signalr']],
  [/\bwebsocket\.Upgrader\{/, ['server', 'gorilla']],
  [/\bwebsocket\.Accept\(/, ['server', 'coder-websocket']],
  [/\bApplicationCable::/, ['server', 'actioncable']],
  [/\bPhoenix\.Socket\b/, ['server', 'phoenix']],
]

/** What is named further down is named above, too. */
const MOST_LINES = 2000
const LONGEST = 600
const MOST_NAMED = 20

export function createStackWords() {
  const named: Record<Side, Set<string>> = { client: new Set(), server: new Set(), proxy: new Set() }
  let lines = 0
  const isTooMuch = (text: string) => text.length > LONGEST || ++lines > MOST_LINES
  const note = ([side, id]: Named) => {
    if (named[side].size < MOST_NAMED) named[side].add(id)
  }
  return {
    /** A line of a person’s own words. */
    words(text: string): void {
      if (isTooMuch(text)) return
      for (const match of text.matchAll(NAME)) {
        const found = NAMES[match[0].toLowerCase()]
        if (found && !ABSENT.test(text.slice(Math.max(0, match.index - 60), match.index))) note(found)
      }
    },
    /** A line of source code, or of a command that starts a program. */
    code(text: string): void {
      if (isTooMuch(text)) return
      for (const [pattern, ...found] of CODE) if (pattern.test(text)) found.forEach(note)
    },
    evidence(): Evidence {
      const sides = Object.entries(named).filter(([, ids]) => ids.size > 0)
      return sides.length === 0
        ? {}
        : { stack: Object.fromEntries(sides.map(([side, ids]) => [side, [...ids]])) }
    },
  }
}

export type StackWords = ReturnType<typeof createStackWords>
