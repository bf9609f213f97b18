/**
 * How each real proxy is set up to show a fault: the part of its configuration that makes it, as people have it
 * in theirs. The frame around it is in `configs.ts`.
 */
import type { FaultCall } from '#lib/lab/address.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import type { Backend } from '#server/lab/behaviour.ts'

export interface Recipe {
  /** Where the proxy leads to. */
  readonly upstream: 'own' | 'nobody' | 'silent' | 'comparing-origin'
  /** The telling part, with `{upstream}` for address and port of the upstream. */
  readonly config: string
  /** nginx: outside of `http`, or in it and outside of `server`. */
  readonly main?: string
  readonly http?: string
  /** Apache's modules beyond the usual ones. */
  readonly modules?: readonly string[]
  /** Whether a request of ours uses up what is allowed before the client's own comes. */
  readonly spendsFirstRequest?: boolean
  /** nginx: reload so long after the start. */
  readonly reloadAfterMs?: number
}

/** Undefined where this proxy cannot show the fault with these knobs. */
export function recipeFor(kind: RealProxyKind, call: FaultCall): Recipe | undefined {
  return recipes[kind](call)
}

const recipes = { nginx, haproxy, apache, caddy } satisfies Record<
  RealProxyKind,
  (call: FaultCall) => Recipe | undefined
>

export const upstreamText = ({ host, port }: Backend): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`

const nginxHeaders = [
  'proxy_http_version 1.1;',
  'proxy_set_header Upgrade $http_upgrade;',
  'proxy_set_header Connection $connection_upgrade;',
  'proxy_set_header Host $http_host;',
]

function nginxLocation(lines: readonly string[]): string {
  return [
    'location / {',
    ...[...lines, 'proxy_pass http://{upstream};'].map((line) => `  ${line}`),
    '}',
  ].join('\n')
}

const without = (start: string) => nginxHeaders.filter((line) => !line.startsWith(start))

function nginx(call: FaultCall): Recipe | undefined {
  const proxied = (config: string, more: Partial<Recipe> = {}): Recipe => ({
    upstream: 'own',
    config,
    ...more,
  })
  switch (call.fault) {
    case 'pass-through':
      return proxied(nginxLocation(nginxHeaders))
    case 'idle-timeout':
      if (call.knobs.end === 'rst') return undefined
      return proxied(nginxLocation([...nginxHeaders, `proxy_read_timeout ${ms(call.knobs.after_seconds)};`]))
    case 'strip-upgrade-headers': {
      const { missing } = call.knobs
      const upgrade = missing === 'connection' ? nginxHeaders : without('proxy_set_header Upgrade')
      const kept = upgrade.filter(
        (line) => missing === 'upgrade' || !line.startsWith('proxy_set_header Connection'),
      )
      return proxied(nginxLocation(kept))
    }
    case 'http10-upstream':
      return proxied(nginxLocation(['proxy_http_version 1.0;', ...without('proxy_http_version')]))
    case 'bad-gateway':
      return proxied(nginxLocation(nginxHeaders), { upstream: 'nobody' })
    case 'gateway-timeout':
      return proxied(
        nginxLocation([...nginxHeaders, `proxy_read_timeout ${ms(call.knobs.after_seconds)};`]),
        {
          upstream: 'silent',
        },
      )
    case 'foreign-host':
      return proxied(
        call.knobs.changed === 'host'
          ? nginxLocation(without('proxy_set_header Host'))
          : nginxLocation([...nginxHeaders, 'proxy_set_header Origin http://backend.internal:8080;']),
        { upstream: 'comparing-origin' },
      )
    case 'redirect': {
      const target = {
        https: 'return 301 https://$host$request_uri;',
        slash: 'return 301 http://$http_host$uri/$is_args$args;',
        login: 'return 302 http://$http_host/login;',
      }[call.knobs.to]
      return proxied(`location / {\n  ${target}\n}`)
    }
    case 'spa-fallback':
      return proxied('location / {\n  try_files $uri /index.html;\n}')
    case 'unauthorized':
      if (call.knobs.scheme !== 'basic') return undefined
      return proxied(
        nginxLocation([...nginxHeaders, 'auth_basic "app";', 'auth_basic_user_file {directory}/users;']),
      )
    case 'rate-limited':
      return proxied(
        nginxLocation([
          ...nginxHeaders,
          'limit_req zone=attempts;',
          `limit_req_status ${call.knobs.status};`,
        ]),
        { http: 'limit_req_zone $server_port zone=attempts:32k rate=1r/m;', spendsFirstRequest: true },
      )
    case 'bad-accept':
      // The broken backend is the lab's own: what matters is that the proxy passes its answer on.
      return proxied(
        nginxLocation([
          ...without('proxy_set_header Connection'),
          // As a client writes it: the lab takes nobody in who comes through a proxy, and only this machine reaches this one.
          'proxy_set_header Connection Upgrade;',
          `rewrite ^(.*)$ /lab/bad-accept$1?problem=${call.knobs.problem} break;`,
        ]),
      )
    case 'reload':
      return proxied(nginxLocation(nginxHeaders), {
        // 0 would mean: for ever.
        main: `worker_shutdown_timeout ${ms(Math.max(0.1, call.knobs.grace_seconds))};`,
        reloadAfterMs: call.knobs.after_seconds * 1000,
      })
    default:
      return undefined
  }
}

function haproxy(call: FaultCall): Recipe | undefined {
  const site = (more: string, upstream: Recipe['upstream'] = 'own'): Recipe => ({
    upstream,
    config: `listen site\n  bind 127.0.0.1:{port}\n${more}  server backend {upstream}\n`,
  })
  switch (call.fault) {
    case 'pass-through':
      return site('  timeout tunnel 1h\n')
    case 'idle-timeout':
      return call.knobs.end === 'fin' ? site(`  timeout tunnel ${ms(call.knobs.after_seconds)}\n`) : undefined
    case 'bad-gateway':
      return site('  timeout connect 200ms\n  retries 1\n', 'nobody')
    case 'gateway-timeout':
      return site(`  timeout server ${ms(call.knobs.after_seconds)}\n`, 'silent')
    case 'bad-accept':
      return site(`  http-request set-uri /lab/bad-accept%[path]?problem=${call.knobs.problem}&%[query]\n`)
    case 'redirect':
      return call.knobs.to === 'https' ? site('  http-request redirect scheme https code 301\n') : undefined
    default:
      return undefined
  }
}

function apache(call: FaultCall): Recipe | undefined {
  const site = (line: string, upstream: Recipe['upstream'] = 'own'): Recipe => ({
    upstream,
    config: `ProxyPreserveHost On\n${line}\n`,
  })
  const upgrading = 'ProxyPass / http://{upstream}/ upgrade=websocket'
  // Apache counts whole seconds.
  const whole = (seconds: number) => Math.max(1, Math.round(seconds))
  switch (call.fault) {
    case 'pass-through':
      return site(`Timeout 3600\n${upgrading}`)
    case 'idle-timeout':
      return call.knobs.end === 'fin'
        ? site(`Timeout ${whole(call.knobs.after_seconds)}\n${upgrading}`)
        : undefined
    case 'strip-upgrade-headers':
      return call.knobs.missing === 'both' ? site('ProxyPass / http://{upstream}/') : undefined
    case 'bad-gateway':
      return site(upgrading, 'nobody')
    case 'gateway-timeout':
      return site(`ProxyTimeout ${whole(call.knobs.after_seconds)}\n${upgrading}`, 'silent')
    default:
      return undefined
  }
}

function caddy(call: FaultCall): Recipe | undefined {
  switch (call.fault) {
    case 'pass-through':
      return { upstream: 'own', config: 'reverse_proxy {upstream}' }
    case 'bad-gateway':
      return { upstream: 'nobody', config: 'reverse_proxy {upstream}' }
    case 'bad-accept': {
      const rewrite = `rewrite * /lab/bad-accept{path}?problem=${call.knobs.problem}&{query}`
      // Only this machine reaches the proxy, and the lab takes nobody in who comes through one.
      const nameless = ['X-Forwarded-For', 'X-Forwarded-Proto', 'X-Forwarded-Host', 'Via']
      const headers = nameless.map((name) => `header_up -${name}\n`).join('')
      return { upstream: 'own', config: `${rewrite}\nreverse_proxy {upstream} {\n${headers}}` }
    }
    case 'redirect':
      if (call.knobs.to !== 'https') return undefined
      return { upstream: 'own', config: 'redir https://{host}{uri} 301' }
    case 'spa-fallback':
      return { upstream: 'own', config: 'root * {directory}/www\ntry_files {path} /index.html\nfile_server' }
    default:
      return undefined
  }
}

const ms = (seconds: number): string => `${Math.max(1, Math.round(seconds * 1000))}ms`
