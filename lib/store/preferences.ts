/**
 * What survives a reload: one versioned document in the storage that is passed in. Parsed at the edge: what is not
 * of this version, or was damaged, is dropped part by part rather than believed.
 */
import * as z from 'zod/mini'
import { utf8Length } from '#lib/protocol/payload.ts'
import type { Ports, Stop } from '#lib/store/kit/ports.ts'

export interface Settings {
  readonly theme: 'system' | 'dark' | 'light'
  readonly chartWindowMinutes: 1 | 5 | 15 | 60
  readonly messageView: 'pretty' | 'raw' | 'hex'
  readonly autoReconnect: boolean
  /** Whether a drop that happens while nobody looks is told by a notification. */
  readonly notifications: 'not-asked' | 'on' | 'off'
  /** Whether a drop is heard. */
  readonly sound: boolean
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

const defaultSettings: Settings = {
  theme: 'system',
  chartWindowMinutes: 1,
  messageView: 'pretty',
  autoReconnect: false,
  notifications: 'not-asked',
  sound: false,
}

export const PREFERENCES_KEY = 'why1006.live'
const VERSION = 1
const SAVE_AFTER_MS = 500
const RECENT_LIMIT = 20
const HISTORY_LIMIT = 50
const HISTORY_ENTRY_BYTES = 4 * 1024
const OFFER_LIMIT = 50

const settings = z.object({
  theme: z.catch(z.enum(['system', 'dark', 'light']), defaultSettings.theme),
  chartWindowMinutes: z.catch(
    z.union([z.literal(1), z.literal(5), z.literal(15), z.literal(60)]),
    defaultSettings.chartWindowMinutes,
  ),
  messageView: z.catch(z.enum(['pretty', 'raw', 'hex']), defaultSettings.messageView),
  autoReconnect: z.catch(z.boolean(), defaultSettings.autoReconnect),
  notifications: z.catch(z.enum(['not-asked', 'on', 'off']), defaultSettings.notifications),
  sound: z.catch(z.boolean(), defaultSettings.sound),
})

const offer = z.object({
  url: z.string(),
  subprotocols: z.array(z.string()),
  autoReconnect: z.boolean(),
})

const storedDocument = z.object({
  version: z.literal(VERSION),
  settings: z.catch(settings, { ...defaultSettings }),
  recentUrls: z.catch(z.array(z.string()), []),
  sendHistory: z.catch(z.array(z.string()), []),
  connections: z.catch(z.array(offer), []),
})

type StoredDocument = z.infer<typeof storedDocument>

const noPreferences: Preferences = {
  settings: defaultSettings,
  recentUrls: [],
  sendHistory: [],
  restoreOffers: [],
}

export interface PreferencesKeeper {
  /** Reads the storage; after a reload the connections of before become offers. */
  load(): void
  change(settings: Partial<Settings>): void
  rememberUrl(url: string): void
  rememberSent(text: string): void
  dropOffers(): void
  /** What is open now: the next visit's offers. */
  setConnections(connections: readonly RestoreOffer[]): void
  /** Writes what is waiting to be written. */
  save(): void
  view(): Preferences
}

export function createPreferences(
  ports: Pick<Ports, 'storage' | 'schedule' | 'page'>,
  changed: () => void,
): PreferencesKeeper {
  let preferences = noPreferences
  let connections: readonly RestoreOffer[] | null = null
  let pendingSave: Stop | null = null

  const save = (): void => {
    if (pendingSave === null) return
    pendingSave()
    pendingSave = null
    const { restoreOffers, ...kept } = preferences
    // Offers that nobody has answered are still what the last visit had open.
    const document = { version: VERSION, ...kept, connections: connections ?? restoreOffers }
    try {
      ports.storage.setItem(PREFERENCES_KEY, JSON.stringify(document))
    } catch {
      // A full or forbidden storage costs the memory of this visit, nothing else.
    }
  }

  const update = (change: Partial<Preferences>): void => {
    preferences = { ...preferences, ...change }
    pendingSave ??= ports.schedule(save, SAVE_AFTER_MS)
    changed()
  }

  return {
    load() {
      const { connections: offers, settings, recentUrls, sendHistory } = readDocument(ports)
      preferences = { settings, recentUrls, sendHistory, restoreOffers: connections === null ? offers : [] }
      changed()
    },
    change: (settings) => update({ settings: { ...preferences.settings, ...settings } }),
    rememberUrl(url) {
      if (hasCredentials(url)) return
      const others = preferences.recentUrls.filter((recent) => recent !== url)
      update({ recentUrls: [url, ...others].slice(0, RECENT_LIMIT) })
    },
    rememberSent(text) {
      if (text === '' || text === preferences.sendHistory[0] || utf8Length(text) > HISTORY_ENTRY_BYTES) return
      const others = preferences.sendHistory.filter((sent) => sent !== text)
      update({ sendHistory: [text, ...others].slice(0, HISTORY_LIMIT) })
    },
    dropOffers() {
      connections ??= []
      update({ restoreOffers: [] })
    },
    setConnections(open) {
      const next = open.filter(({ url }) => !hasCredentials(url)).slice(0, OFFER_LIMIT)
      // Until something was opened, what the last visit had open stays what it was.
      if (JSON.stringify(next) === JSON.stringify(connections ?? [])) return
      connections = next
      update({})
    },
    save,
    view: () => preferences,
  }
}

function readDocument({ storage }: Pick<Ports, 'storage'>): StoredDocument {
  let stored: unknown = null
  try {
    stored = JSON.parse(storage.getItem(PREFERENCES_KEY) ?? 'null')
  } catch {
    // Forbidden or damaged: as if there was none.
  }
  const parsed = storedDocument.safeParse(stored)
  const document = parsed.success ? parsed.data : storedDocument.parse({ version: VERSION })
  return {
    ...document,
    recentUrls: document.recentUrls.slice(0, RECENT_LIMIT),
    sendHistory: document.sendHistory.slice(0, HISTORY_LIMIT),
    connections: document.connections.slice(0, OFFER_LIMIT),
  }
}

function hasCredentials(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && (parsed.username !== '' || parsed.password !== '')
}
