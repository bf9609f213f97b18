import type { CheckId } from '#lib/checklist/checks.ts'
import type { Stage } from '#lib/playbook/cause.ts'

/** The stages in the order in which a connection passes them. */
export const stageNames = {
  page: { title: 'In the page', note: 'before a packet is sent' },
  dns: { title: 'DNS', note: 'finding the address' },
  tcp: { title: 'TCP', note: 'reaching the port' },
  tls: { title: 'TLS', note: 'agreeing on encryption' },
  handshake: { title: 'Handshake', note: 'from the request to the 101' },
  lost: { title: 'Dropped', note: 'open, then ended without a Close frame' },
  closed: { title: 'Closed', note: 'a Close frame said why' },
  ailing: { title: 'Degraded', note: 'open, but slow, silent or unreadable' },
} satisfies Record<Stage, { title: string; note: string }>

export const stages = Object.keys(stageNames) as Stage[]

/** The check that looks at what goes wrong in a stage. */
export const checkOfStage = {
  page: 'page-opens',
  dns: 'name',
  tcp: 'port',
  tls: 'certificate',
  handshake: 'proxy-upgrade',
  lost: 'stays-open',
  closed: 'stays-open',
  ailing: 'stays-open',
} satisfies Record<Stage, CheckId>
