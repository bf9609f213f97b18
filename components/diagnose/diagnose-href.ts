import type { Connection } from '#lib/store/connection/connection.ts'

/**
 * The link fills the form there and names the connection, so that what the page recorded of it is judged too. The row
 * lives in this tab: elsewhere the link means its URL alone.
 */
export function diagnoseHref({ id, target }: Pick<Connection, 'id' | 'target'>): string {
  const query = new URLSearchParams({ url: target.url })
  if (target.subprotocols.length > 0) query.set('subprotocols', target.subprotocols.join(', '))
  query.set('connection', id)
  return `/diagnose?${query}`
}
