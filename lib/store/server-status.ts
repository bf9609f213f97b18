/** The status "Server": GET /health, asked every few seconds while the page is visible. */
export type ServerStatus =
  | { readonly status: 'unknown' }
  | ServerUp
  /** It answered 503: shutting down. */
  | { readonly status: 'draining'; readonly at: number }
  /** No answer, or one that is not this server's. */
  | {
      readonly status: 'unreachable'
      readonly since: number
      readonly says: string
      readonly lastUp: ServerUp | null
    }

export interface ServerUp {
  readonly status: 'up'
  /** When it last said so. */
  readonly at: number
  readonly latencyMs: number
  readonly version: string
  readonly startedAt: number
  readonly openConnections: number
  /** The configured heartbeat, null until something told it. */
  readonly heartbeat: { readonly intervalSeconds: number; readonly timeoutSeconds: number } | null
}
