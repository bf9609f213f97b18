/** What survives a reload: one versioned document in the storage that is passed in. */
export interface Settings {
  readonly theme: 'system' | 'dark' | 'light'
  readonly chartWindowMinutes: 1 | 5 | 15 | 60
  readonly messageView: 'pretty' | 'raw' | 'hex'
  readonly autoReconnect: boolean
}

/** A connection of the last visit: offered, never opened without asking. */
export interface RestoreOffer {
  readonly url: string
  readonly subprotocols: readonly string[]
  readonly autoReconnect: boolean
}

export interface Preferences {
  readonly settings: Settings
  /** Newest first, at most 20. */
  readonly recentUrls: readonly string[]
  /** Sent messages, newest first, at most 50 of at most 4 KiB. */
  readonly sendHistory: readonly string[]
  readonly restoreOffers: readonly RestoreOffer[]
}

export const defaultSettings: Settings = {
  theme: 'system',
  chartWindowMinutes: 1,
  messageView: 'pretty',
  autoReconnect: false,
}
