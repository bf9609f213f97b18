/**
 * The commands of the checklist, filled in for one URL and quoted for the shell that reads them. Where a common
 * recipe is wrong, these are the corrected ones: a handshake by curl needs its key and version, websocat reconnects
 * by an overlay and not by -v, and a listener on loopback alone is right for a server that only this machine uses.
 */
import { type Code, joined } from '#lib/text/code.ts'
import { type Copied, copyAs, copyLabels, copyTools } from '#lib/text/copy-as.ts'
import { shell } from '#lib/text/shell.ts'

export type PlaybookCommand = {
  id: string
  title: string
  /** What a good answer looks like, and what a bad one means. */
  says: string
  text: Copied
  /** Programs that it needs; a browser's console needs none. */
  needs: readonly string[]
  /** Whether the tests have run it for real, with Debian's program or in Chromium. */
  isTried: boolean
}

/** Debian has no websocat, and a test cannot count on a Docker daemon. */
const notTried: ReadonlySet<string> = new Set([
  'websocat',
  'websocat-reconnect',
  'docker-ports',
  'docker-ends',
])

type Untold = Omit<PlaybookCommand, 'isTried'>

export type CommandSource = {
  /** A ws:// or wss:// URL. */
  url: string
  subprotocols?: readonly string[]
  origin?: string | null
}

type Place = { url: URL; port: number; isSecure: boolean; httpOrigin: string }

/** @throws TypeError when the URL is no ws:// or wss:// URL: nothing else is ever put into a command. */
export function commandsFor(source: CommandSource): PlaybookCommand[] {
  const place = placeOf(source.url)
  return [
    ...clientCommands(source),
    ...serverCommands(place),
    ...proxyCommands(place),
    ...networkCommands(place),
  ].map((command) => ({ ...command, isTried: !notTried.has(command.id) }))
}

function placeOf(text: string): Place {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:') throw new TypeError(`no WebSocket URL: ${text}`)
  const isSecure = url.protocol === 'wss:'
  return {
    url,
    port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
    isSecure,
    httpOrigin: `${isSecure ? 'https' : 'http'}://${url.host}`,
  }
}

const expected = {
  curl: 'HTTP/1.1 101 Switching Protocols is a handshake that works; any other status names who refused. Ctrl-C ends it.',
  wscat:
    'Connected, then the messages as they come. A refusal prints its status. Without installing: npx wscat.',
  websocat: 'Prints the messages as they come; --verbose adds how the connection ends.',
  python: 'Prints the messages and, in the end, the close code.',
  console: 'What your page sees. Mixed content, CSP and Origin apply only here.',
} satisfies Record<(typeof copyTools)[number], string>

const programs = {
  curl: ['curl'],
  wscat: ['wscat'],
  websocat: ['websocat'],
  python: ['python3'],
  console: [],
} satisfies Record<(typeof copyTools)[number], readonly string[]>

function clientCommands(source: CommandSource): Untold[] {
  return [
    ...copyTools.map((tool) => ({
      id: tool,
      title: copyLabels[tool],
      says: expected[tool],
      text: copyAs(tool, source),
      needs: programs[tool],
    })),
    {
      id: 'websocat-reconnect',
      title: 'websocat, reconnecting',
      says: '`autoreconnect:` does the reconnecting; `--verbose` only reports it.',
      text: shell`websocat --verbose - autoreconnect:${shell.word(new URL(source.url).href)}`,
      needs: ['websocat'],
    },
  ]
}

function serverCommands({ httpOrigin, port }: Place): Untold[] {
  const listening =
    '127.0.0.1 or [::1]: this machine only (fine behind a local proxy). 0.0.0.0 or [::]: reachable from everywhere. No line: nothing is listening.'
  return [
    command('health', 'Health', `"status":"healthy", and how many connections are open.`, [
      shell`curl --silent --show-error --include ${shell.word(`${httpOrigin}/health`)}`,
    ]),
    command('listening-ss', 'What is listening (ss)', listening, [shell`ss -ltn 'sport = :${port}'`]),
    command('listening-netstat', 'Who listens (netstat)', listening, [
      shell`netstat -ltn | awk '$4 ~ /:${port}$/'`,
    ]),
    command(
      'log-search',
      'Lines of the log',
      'Attempts, openings and ends, each on a line, of a server started with: npm start | tee server.log',
      [shell`grep -F '[WS_DIAGNOSTICS]' server.log | tail -n 20`],
    ),
    command(
      'out-of-memory',
      'Killed for memory',
      'Each line is a process killed by the kernel. No lines: none since boot.',
      [shell`sudo dmesg --ctime | grep -i -E 'out of memory|oom-kill|killed process'`],
    ),
    command('docker-ports', 'Docker: published ports', `PORTS must map to ${port}: 0.0.0.0:${port}->….`, [
      shell`docker ps --filter publish=${port} --format 'table {{.Names}}\\t{{.Status}}\\t{{.Ports}}'`,
    ]),
    command(
      'docker-ends',
      'Docker: containers that ended',
      '`die` and `oom` events in the last hour; exitCode=137 is SIGKILL, often for memory.',
      [shell`docker events --since 1h --until 0s --filter event=die --filter event=oom`],
    ),
  ]
}

function proxyCommands({ url }: Place): Untold[] {
  return [
    command(
      'nginx-effective',
      'nginx: effective configuration',
      'A location that serves WebSockets needs proxy_http_version 1.1 and both headers in its own block, or all of them outside.',
      [
        shell`sudo nginx -T 2>/dev/null | grep -n -E 'location|proxy_(pass|http_version|set_header|read_timeout)'`,
      ],
    ),
    command(
      'nginx-handshakes',
      'nginx: access log',
      '101 is a handshake that worked. Many with one and the same duration are an idle timeout, where $request_time is logged.',
      [shell`sudo grep -F ${shell.word(`GET ${url.pathname}`)} /var/log/nginx/access.log | tail -n 20`],
    ),
    command(
      'nginx-errors',
      'nginx: error log',
      'An idle cut is only here with error_log at level info: "upstream timed out … while proxying upgraded connection".',
      [
        shell`sudo grep -n -E 'upstream (timed out|prematurely closed)|connect\\(\\) failed|upgraded connection' /var/log/nginx/error.log | tail -n 20`,
      ],
    ),
  ]
}

function networkCommands({ url, port, isSecure }: Place): Untold[] {
  const name = shell.host(url.hostname)
  const commands = [
    command('resolve', 'Name', 'The addresses that programs on this machine get for it.', [
      shell`getent ahosts ${name}`,
    ]),
    command(
      'port-nc',
      'Port',
      '"succeeded" or "open": TCP connects; "refused": nothing listens. No output: a firewall drops it.',
      [shell`nc -vz -w 5 ${name} ${port}`],
    ),
    command('firewall-ufw', 'Firewall (ufw)', `${port}/tcp must be ALLOW, for the addresses that need it.`, [
      shell`sudo ufw status numbered`,
      shell`sudo ufw allow ${port}/tcp`,
    ]),
    command(
      'firewall-iptables',
      'Firewall (iptables)',
      'Look for DROP or REJECT before a rule that accepts the port; the counters show which rule is hit.',
      [
        shell`sudo iptables -L INPUT -n -v --line-numbers`,
        shell`sudo iptables -I INPUT -p tcp --dport ${port} -j ACCEPT`,
      ],
    ),
  ]
  if (isSecure) {
    commands.push(
      command('certificate', 'Certificate', '"Verify return code: 0 (ok)", and dates that hold today.', [
        shell`openssl s_client -connect ${shell.authority(url.hostname, port)} -servername ${name} </dev/null 2>/dev/null | grep -E 'subject=|issuer=|NotAfter|Verify return code'`,
      ]),
    )
  }
  return commands
}

/** Lines of a shell; the first word that is not sudo names the program. */
function command(id: string, title: string, says: string, lines: readonly Code<'shell'>[]): Untold {
  const program = /^(?:sudo )?(\S+)/.exec(lines[0] ?? '')?.[1] ?? ''
  return { id, title, says, text: joined(lines, '\n'), needs: [program] }
}
