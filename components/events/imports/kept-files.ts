/**
 * The files of imported logs, in the browser’s own database, so that a reload of the tab reads them again. Each tab has one
 * entry; those of tabs that were closed go after a day.
 */
import type { LogFile } from './imported-logs.ts'

/** More is not copied. */
export const MOST_KEPT_BYTES = 256 * 1024 * 1024

const DAY_MS = 86_400_000
const DATABASE = 'why1006-imports'
const STORE = 'files'
/** In the tab’s session: under which name its files are. */
const TAB = 'why1006-imports'

interface Entry {
  readonly tab: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly files: readonly LogFile[]
}

/** @returns whether they are there after a reload */
export async function keepFiles(files: readonly LogFile[]): Promise<boolean> {
  const bytes = files.reduce((sum, { content }) => sum + content.size, 0)
  try {
    if (bytes > MOST_KEPT_BYTES) {
      await forgetFiles()
      return false
    }
    const tab = sessionStorage.getItem(TAB) ?? crypto.randomUUID()
    const now = Date.now()
    await inStore('readwrite', async (store) => {
      for (const entry of await done<Entry[]>(store.getAll())) {
        if (now - entry.at > DAY_MS) store.delete(entry.tab)
      }
      await done(store.put({ tab, at: now, files } satisfies Entry))
    })
    sessionStorage.setItem(TAB, tab)
    return true
  } catch {
    // A private window, a full disk: they are gone with the page, and it says so.
    return false
  }
}

/** What this tab kept before it was reloaded. */
export async function keptFiles(): Promise<readonly LogFile[]> {
  try {
    const tab = sessionStorage.getItem(TAB)
    if (tab === null) return []
    const entry = await inStore('readonly', (store) => done<Entry | undefined>(store.get(tab)))
    return entry?.files ?? []
  } catch {
    return []
  }
}

export async function forgetFiles(): Promise<void> {
  try {
    const tab = sessionStorage.getItem(TAB)
    if (tab === null) return
    sessionStorage.removeItem(TAB)
    await inStore('readwrite', (store) => done(store.delete(tab)))
  } catch {
    // Nothing was kept where nothing can be.
  }
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'tab' })
  const database = await done(opening)
  try {
    const transaction = database.transaction(STORE, mode)
    const committed = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
    const result = await work(transaction.objectStore(STORE))
    await committed
    return result
  } finally {
    database.close()
  }
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
