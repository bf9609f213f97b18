/** What tells of a drop beyond the page itself: the tab's title, a notification, a sound. */
import { lossWords } from '#components/why/loss-words.ts'
import type { Connection, ConnectionId } from '#lib/store/connection/connection.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import type { Watched } from '#lib/store/watched.ts'
import { foreign } from '#lib/text/foreign.ts'

type Counts = ReadonlyMap<ConnectionId, number>

/** How often each row was lost; experiments are made to be lost. */
export function countLosses({ connections }: Pick<LiveState, 'connections'>): Counts {
  const lasting = Object.values(connections).filter(({ isLasting }) => isLasting)
  return new Map(lasting.map(({ id, losses }) => [id, losses.count]))
}

/** Rows that were lost since. */
export function lostSince({ connections }: Pick<LiveState, 'connections'>, before: Counts): Connection[] {
  return Object.values(connections).filter(
    ({ id, isLasting, losses }) => isLasting && losses.count > (before.get(id) ?? 0),
  )
}

/** How many rows are gone, or were gone since somebody looked. */
export function droppedRows({ connections }: Pick<LiveState, 'connections'>, seen: Counts): number {
  return Object.values(connections).filter(
    ({ id, isLasting, losses, state }) =>
      isLasting &&
      (losses.count > (seen.get(id) ?? 0) || (losses.count > 0 && losses.kept.at(-1)?.state === state)),
  ).length
}

/** Whether a watch is up or down by its newest event; undefined where that says nothing of it. */
const watchedState = ({ event: { state } }: Watched): 'up' | 'down' | undefined =>
  state === 'up' ? 'up' : state === 'lost' || state === 'refused' ? 'down' : undefined

export type WatchStates = ReadonlyMap<string, 'up' | 'down'>

/** Watches of the server that went down, or came up again, since; what happened before `fromAt` is no news. */
export function watchesChanged(
  { watched }: Pick<LiveState, 'watched'>,
  before: WatchStates,
  fromAt: number,
): { changed: Watched[]; now: WatchStates } {
  const now = new Map(before)
  const changed: Watched[] = []
  for (const each of watched) {
    const { watch } = each.event
    const state = watchedState(each)
    if (state === undefined || state === now.get(watch)) continue
    // The first opening is what everybody expects.
    if (each.at >= fromAt && !(state === 'up' && !now.has(watch))) changed.push(each)
    now.set(watch, state)
  }
  return { changed, now }
}

const mark = /^\(\d+\) dropped · /

/** `(2) dropped · Live · Why1006`; the title alone for none. */
export function titleWith(title: string, dropped: number): string {
  const bare = title.replace(mark, '')
  return dropped === 0 ? bare : `(${dropped}) dropped · ${bare}`
}

/** Whether this browser has notifications for this page at all: over plain http only loopback has. */
export const canNotify = (): boolean => 'Notification' in window && window.isSecureContext

/** Asks the browser, once a person has asked for it. */
export async function askToNotify(): Promise<boolean> {
  return canNotify() && (await Notification.requestPermission()) === 'granted'
}

/** One notification a row: the next takes the place of the last. */
export function notify({ id, target, losses }: Connection, onOpen: () => void): void {
  if (!canNotify() || Notification.permission !== 'granted') return
  const shown = new Notification(target.label, { body: lossWords(losses) ?? '', tag: `why1006-${id}` })
  shown.onclick = () => {
    window.focus()
    onOpen()
    shown.close()
  }
}

/** One notification a watch, which the next replaces. */
export function notifyOfWatch(
  { event: { watch, url, state, cause, says } }: Watched,
  onOpen: () => void,
): void {
  if (!canNotify() || Notification.permission !== 'granted') return
  const body = state === 'up' ? 'Up again.' : `Down: ${cause?.replaceAll('-', ' ') ?? says ?? 'lost'}.`
  const shown = new Notification(foreign(url, 120), { body: foreign(body), tag: `why1006-watch-${watch}` })
  shown.onclick = () => {
    window.focus()
    onOpen()
    shown.close()
  }
}

let audio: AudioContext | null = null

/** Two short tones, the second lower. */
export function beep(): void {
  audio ??= new AudioContext()
  for (const [at, hertz] of [
    [0, 660],
    [0.16, 440],
  ] as const) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const from = audio.currentTime + at
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.15, from)
    volume.gain.exponentialRampToValueAtTime(0.001, from + 0.14)
    tone.connect(volume).connect(audio.destination)
    tone.start(from)
    tone.stop(from + 0.15)
  }
}
