import type { CommandPart } from '#lib/checklist/commands.ts'
import type { Stage } from '#lib/playbook/cause.ts'

/** The stages in the order in which a connection passes them. */
export const stageNames = {
  page: { title: 'In the page', note: 'before a packet is sent' },
  dns: { title: 'Name', note: 'finding the address' },
  tcp: { title: 'TCP', note: 'reaching the port' },
  tls: { title: 'TLS', note: 'agreeing on encryption' },
  handshake: { title: 'Handshake', note: 'from the request to the 101' },
  lost: { title: 'Lost', note: 'open, then dropped without a Close frame' },
  closed: { title: 'Closed', note: 'a Close frame said why' },
  ailing: { title: 'Ailing', note: 'open, and not well' },
} satisfies Record<Stage, { title: string; note: string }>

export const stages = Object.keys(stageNames) as Stage[]

/** Where the checklist looks at what goes wrong in a stage. */
export const checklistParts = {
  page: 'client',
  dns: 'network',
  tcp: 'network',
  tls: 'network',
  handshake: 'proxy',
  lost: 'proxy',
  closed: 'server',
  ailing: 'server',
} satisfies Record<Stage, CommandPart>
