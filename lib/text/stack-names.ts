/** What changes are for, as people call it, and how each comes into effect. */
import type { Code } from '#lib/text/code.ts'
import { type Change, endOf } from '#lib/text/fix.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { shell } from '#lib/text/shell.ts'

/** A change as a report has it, too: of a later version its program may be any. */
export type ChangeLike = {
  readonly program?: string | undefined
  readonly of?: string | undefined
  readonly at?: 'client' | 'server' | undefined
}

/** The framework or library where there is one, else the program; `other` in reports that do not say. */
export const stackOf = ({ program = 'other', of }: ChangeLike): string => of ?? program

const NAMES: Readonly<Record<string, string>> = {
  nginx: 'nginx',
  haproxy: 'HAProxy',
  apache: 'Apache httpd',
  a2enmod: 'Apache httpd',
  caddy: 'Caddy',
  envoy: 'Envoy',
  traefik: 'Traefik',
  varnish: 'Varnish',
  squid: 'Squid',
  lighttpd: 'lighttpd',
  h2o: 'H2O',
  'aws-alb': 'AWS load balancer',
  'google-cloud': 'Google Cloud',
  certbot: 'certbot',
  node: 'Node ws',
  'socket.io': 'Socket.IO',
  vite: 'Vite',
  webpack: 'webpack',
  python: 'Python',
  websockets: 'Python websockets',
  django: 'Django',
  uvicorn: 'Uvicorn',
  starlette: 'Starlette, FastAPI',
  gunicorn: 'Gunicorn',
  wsgi: 'Python WSGI',
  aiohttp: 'aiohttp',
  flask: 'Flask',
  asgi: 'Python ASGI',
  tornado: 'Tornado',
  autobahn: 'Autobahn',
  go: 'Go',
  'coder-websocket': 'Go, coder/websocket',
  java: 'Java',
  jsr356: 'Java, JSR 356',
  jetty: 'Jetty',
  spring: 'Spring',
  dotnet: '.NET',
  signalr: 'SignalR',
  rails: 'Rails',
  phoenix: 'Phoenix',
  browser: 'Browser',
  chromium: 'Chrome',
  grafana: 'Grafana',
  cockpit: 'Cockpit',
  centrifugo: 'Centrifugo',
  nats: 'NATS',
  mattermost: 'Mattermost',
  'code-server': 'VS Code (code-server)',
  jupyter: 'Jupyter',
  'python-engineio': 'Flask-SocketIO',
  'this-server': 'Why1006',
  shell: 'Command line',
  command: 'Command line',
}

export const stackName = (stack: string): string => NAMES[stack] ?? stack

export type End = 'proxy' | 'server' | 'client'

/** Undefined for a command that fits any, and for what a later version may name. */
export const endOfChange = (change: ChangeLike): End | undefined => endOf(change as Change)

/** A change that is itself a command to run, not lines to write into a file. */
export const isCommand = ({ program = '' }: ChangeLike): boolean =>
  ['shell', 'command', 'a2enmod', 'certbot', 'aws-alb', 'google-cloud'].includes(program)

export type Applying = { says: Sentence; command?: Code<'shell'> }

/** What to do so that a written change counts; undefined for what counts as soon as it is done. */
export function applyingOf(change: ChangeLike): Applying | undefined {
  if (isCommand(change)) return undefined
  switch (change.program) {
    case 'nginx':
      return { says: sentence`Check the file, then reload`, command: shell`nginx -t && nginx -s reload` }
    case 'apache':
      return {
        says: sentence`Check the file, then reload`,
        command: shell`apachectl configtest && apachectl graceful`,
      }
    case 'haproxy':
      return { says: sentence`Reload, which checks the file first`, command: shell`systemctl reload haproxy` }
    case 'varnish':
      return {
        says: sentence`Reload, which compiles the file first`,
        command: shell`systemctl reload varnish`,
      }
    case 'squid':
      return {
        says: sentence`Check the file, then reconfigure`,
        command: shell`squid -k parse && squid -k reconfigure`,
      }
    case 'lighttpd':
      return {
        says: sentence`Reload, which checks the file first`,
        command: shell`systemctl reload lighttpd`,
      }
    case 'h2o':
      return { says: sentence`Reload the service`, command: shell`systemctl reload h2o` }
    case 'caddy':
      return { says: sentence`Reload`, command: shell`systemctl reload caddy` }
    case 'traefik':
      return { says: sentence`Traefik reads its dynamic configuration again by itself` }
    case 'envoy':
      return { says: sentence`Restart Envoy` }
    case 'browser':
      return { says: sentence`Deploy the page and reload it` }
    case 'chromium':
      return { says: sentence`Reload the page` }
    case 'this-server':
      return { says: sentence`Restart Why1006` }
    default:
      return { says: change.at === 'client' ? sentence`Restart your client` : sentence`Restart your server` }
  }
}
