/**
 * The real proxies, from Debian's packages: found where they are installed, installed where this is root on
 * Debian, and otherwise missing with a reason that the skipped tests print. Never run as a service.
 */
import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { promisify } from 'node:util'

export type ProxyName = 'nginx' | 'haproxy' | 'apache2' | 'caddy'
export type Found = { program: string } | { missing: string }

const run = promisify(execFile)

const PACKAGES: Record<ProxyName, { programs: string[]; packageName: string }> = {
  nginx: {
    programs: ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'],
    packageName: 'nginx-light',
  },
  haproxy: {
    programs: ['/usr/sbin/haproxy', '/usr/bin/haproxy', '/usr/local/sbin/haproxy'],
    packageName: 'haproxy',
  },
  apache2: { programs: ['/usr/sbin/apache2'], packageName: 'apache2' },
  caddy: { programs: ['/usr/bin/caddy', '/usr/local/bin/caddy'], packageName: 'caddy' },
}

/** The lock may be held by another installation, and compilers are large. */
const INSTALL_MS = 600_000

const installed = async (programs: readonly string[]): Promise<string | undefined> => {
  for (const program of programs) {
    if (
      await access(program).then(
        () => true,
        () => false,
      )
    )
      return program
  }
  return undefined
}

const known = new Map<ProxyName, Promise<Found>>()

/** Where the program is; installs its package once when that is possible. */
export function findProxy(name: ProxyName): Promise<Found> {
  const found = known.get(name) ?? find(name)
  known.set(name, found)
  return found
}

async function find(name: ProxyName): Promise<Found> {
  const { programs, packageName } = PACKAGES[name]
  const program = await installed(programs)
  if (program !== undefined) return { program }
  const problem = await installPackages([packageName])
  if (problem !== undefined) return { missing: `${name} is not installed; ${problem}` }
  // A package may start its service all the same; it is none of ours.
  await run('service', [name, 'stop']).catch(() => {})
  const now = await installed(programs)
  return now === undefined ? { missing: `${packageName} brought no ${name}` } : { program: now }
}

/** Installs what is missing where this is root on Debian. @returns why it could not, for people */
export async function installPackages(names: readonly string[]): Promise<string | undefined> {
  const present = await Promise.all(names.map(isInstalled))
  const wanted = names.filter((_, at) => !present[at])
  if (wanted.length === 0) return undefined
  const command = `apt-get install ${wanted.join(' ')}`
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return `as root: ${command}`
  try {
    await run('apt-get', aptArguments(wanted), { env: quietly(), timeout: INSTALL_MS })
    return undefined
  } catch (error) {
    return `${command} failed: ${reasonOf(error)}`
  }
}

const isInstalled = (name: string): Promise<boolean> =>
  run('dpkg-query', ['--status', name]).then(
    ({ stdout }) => /^Status: .* installed$/m.test(stdout),
    () => false,
  )

/** Test files run side by side: the second one waits for apt's lock. */
const aptArguments = (packageNames: readonly string[]): string[] => [
  'install',
  '-y',
  '--no-install-recommends',
  '-o',
  'DPkg::Lock::Timeout=180',
  ...packageNames,
]

/** RUNLEVEL=1 keeps invoke-rc.d from starting the service that the package brings. */
const quietly = (): NodeJS.ProcessEnv => ({
  ...process.env,
  DEBIAN_FRONTEND: 'noninteractive',
  RUNLEVEL: '1',
})

function reasonOf(error: unknown): string {
  const text = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return text.trim().split('\n').at(-1)?.slice(0, 200) ?? 'unknown'
}
