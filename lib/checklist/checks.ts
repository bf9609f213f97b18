/**
 * Every check of the checklist: what it asks, whom it is about, and the commands to look oneself. In the order in which
 * a connection meets them; each command stands under one check of the reader's URL, and under one of this server.
 */

/** `url`: the reader's; `server`: the Why1006 server itself. */
export type CheckSubject = 'url' | 'server'

export interface CheckKind {
  readonly about: CheckSubject
  readonly title: string
  /** Commands of `commandsFor`, by id: for the reader's URL, or for this server's own. */
  readonly commands: readonly string[]
}

export const checkKinds = {
  name: { about: 'url', title: 'Name resolves', commands: ['resolve'] },
  port: {
    about: 'url',
    title: 'Port reachable',
    commands: [
      'port-nc',
      'listening-ss',
      'listening-netstat',
      'firewall-ufw',
      'firewall-iptables',
      'docker-ports',
    ],
  },
  certificate: { about: 'url', title: 'Certificate valid', commands: ['certificate'] },
  'proxy-upgrade': {
    about: 'url',
    title: 'Upgrade through the proxy',
    commands: ['curl', 'nginx-effective', 'nginx-handshakes'],
  },
  'origin-allowed': { about: 'url', title: 'Origin allowed', commands: [] },
  'mixed-content': { about: 'url', title: 'No mixed content', commands: [] },
  'page-opens': {
    about: 'url',
    title: 'Opens from this browser',
    commands: ['console', 'wscat', 'websocat', 'python'],
  },
  'stays-open': {
    about: 'url',
    title: 'Stays open while idle',
    commands: ['nginx-errors', 'websocat-reconnect', 'docker-ends', 'out-of-memory'],
  },
  environment: { about: 'server', title: 'Environment loaded', commands: [] },
  endpoints: { about: 'server', title: 'Endpoints respond', commands: ['health', 'wscat'] },
  'log-lines': { about: 'server', title: 'Log lines present', commands: ['log-search'] },
  memory: { about: 'server', title: 'Memory', commands: [] },
  processor: { about: 'server', title: 'Processor and event loop', commands: [] },
  descriptors: { about: 'server', title: 'Open descriptors', commands: [] },
  'out-of-memory': {
    about: 'server',
    title: 'Killed for memory',
    commands: ['out-of-memory', 'docker-ends'],
  },
  listening: {
    about: 'server',
    title: 'Port listens',
    commands: ['listening-ss', 'listening-netstat', 'port-nc', 'docker-ports'],
  },
  firewall: {
    about: 'server',
    title: 'Firewall lets the port through',
    commands: ['firewall-ufw', 'firewall-iptables'],
  },
} as const satisfies Record<string, CheckKind>

export type CheckId = keyof typeof checkKinds

export const checkIds = Object.keys(checkKinds) as CheckId[]

/** What is told of a check beside its result. */
export function describeCheck(id: CheckId) {
  const { about, title, commands } = checkKinds[id]
  return { id, about, title, commands: [...commands] }
}
