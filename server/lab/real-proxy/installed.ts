/** Which real proxies this machine has, and of which version. Asked once. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import type { RealProxyKind } from '#lib/lab/fault.ts'

export interface InstalledProxy {
  readonly kind: RealProxyKind
  readonly program: string
  /** As it says itself: `nginx 1.22.1`. */
  readonly label: string
}

const run = promisify(execFile)
const versionTimeoutMs = 3000

const known: Readonly<
  Record<
    RealProxyKind,
    { programs: readonly string[]; args: readonly string[]; version: RegExp; name: string }
  >
> = {
  nginx: {
    programs: ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'],
    args: ['-v'],
    version: /nginx\/([\d.]+)/,
    name: 'nginx',
  },
  haproxy: {
    programs: [
      '/usr/sbin/haproxy',
      '/usr/bin/haproxy',
      '/usr/local/sbin/haproxy',
      '/opt/homebrew/bin/haproxy',
    ],
    args: ['-v'],
    version: /version ([\d.]+)/,
    name: 'HAProxy',
  },
  // Only Debian's layout: elsewhere the modules lie in other places.
  apache: { programs: ['/usr/sbin/apache2'], args: ['-v'], version: /Apache\/([\d.]+)/, name: 'Apache' },
  caddy: {
    programs: ['/usr/bin/caddy', '/usr/local/bin/caddy', '/opt/homebrew/bin/caddy'],
    args: ['version'],
    version: /v?([\d.]+)/,
    name: 'Caddy',
  },
}

let asked: Promise<readonly InstalledProxy[]> | undefined

export function installedProxies(): Promise<readonly InstalledProxy[]> {
  asked ??= Promise.all((Object.keys(known) as RealProxyKind[]).map(find)).then((found) =>
    found.filter((proxy) => proxy !== undefined),
  )
  return asked
}

async function find(kind: RealProxyKind): Promise<InstalledProxy | undefined> {
  const { programs, args, version, name } = known[kind]
  const program = programs.find((candidate) => existsSync(candidate))
  if (program === undefined) return undefined
  try {
    // nginx says it on stderr.
    const { stdout, stderr } = await run(program, [...args], { timeout: versionTimeoutMs })
    const found = version.exec(`${stdout}${stderr}`)?.[1]
    return found === undefined ? undefined : { kind, program, label: `${name} ${found}` }
  } catch {
    return undefined
  }
}
