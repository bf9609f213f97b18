import { createStore } from 'zustand/vanilla'

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'dead'
}

/** At most this many toasts at once; the oldest makes room. */
const limit = 3

/** What is being said just now. Kept apart from React, so that anything may speak. */
export const toastQueue = createStore<{ toasts: readonly Toast[] }>(() => ({ toasts: [] }))

let lastId = 0

/** Says one sentence in the corner of the page, and to screen readers; `dead` for what failed. */
export function say(text: string, tone: Toast['tone'] = 'plain'): void {
  lastId += 1
  const toast = { id: lastId, text, tone }
  toastQueue.setState(({ toasts }) => ({ toasts: [...toasts.slice(1 - limit), toast] }))
}

export function dismissToast(id: number): void {
  toastQueue.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}
