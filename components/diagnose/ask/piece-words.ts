import type { PieceKind } from '#lib/intake/pieces.ts'

export const kindNames = {
  url: 'Address',
  console: 'Browser console',
  client: 'Client',
  'server-log': 'Server log',
  'access-log': 'Access log',
  'error-log': 'Error log',
  configuration: 'Configuration',
  http: 'HTTP',
  transcript: 'Transcript',
  har: 'HAR file',
  evidence: 'Evidence document',
  bundle: 'Bundle',
  comparison: 'Comparison',
  noise: 'Not about a connection',
} satisfies Record<PieceKind, string>

export const spanOf = ([from, to]: readonly [number, number]): string =>
  from === to ? `line ${from}` : `lines ${from}–${to}`
