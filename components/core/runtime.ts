/** The browser as the live core's ports: the only place where the Live page touches sockets, clocks and storage. */
import { answerTo } from '#components/api/request.ts'
import type { EventSourceLike, JsonResponse, PagePort, Ports, SocketLike } from '#lib/store/kit/ports.ts'
import { now } from './now.ts'

export function browserPorts(): Ports {
  return {
    now,
    // The DOM types its handlers' events more narrowly than the core needs; hence `as`.
    openSocket: (url, subprotocols) => new WebSocket(url, [...subprotocols]) as SocketLike,
    openEventSource: (url) => new EventSource(url) as EventSourceLike,
    getJson,
    schedule: (run, delayMs) => {
      const timer = setTimeout(run, delayMs)
      return () => clearTimeout(timer)
    },
    frame: (run) => {
      const request = requestAnimationFrame(run)
      return () => cancelAnimationFrame(request)
    },
    random: () => Math.random(),
    storage: {
      getItem: (key) => localStorage.getItem(key),
      setItem: (key, value) => localStorage.setItem(key, value),
    },
    page,
  }
}

async function getJson(url: string): Promise<JsonResponse> {
  const response = await answerTo(url, { headers: { accept: 'application/json' } })
  const body = await response.json().catch(() => undefined)
  return { status: response.status, body }
}

const page: PagePort = {
  get origin() {
    return location.origin
  },
  isHidden: () => document.visibilityState === 'hidden',
  isOnline: () => navigator.onLine,
  listen(onSignal) {
    const undo = new AbortController()
    const { signal } = undo
    const onVisibility = () => onSignal({ type: 'visibility', hidden: document.visibilityState === 'hidden' })
    document.addEventListener('visibilitychange', onVisibility, { signal })
    window.addEventListener('online', () => onSignal({ type: 'online', online: true }), { signal })
    window.addEventListener('offline', () => onSignal({ type: 'online', online: false }), { signal })
    document.addEventListener(
      'securitypolicyviolation',
      (event) =>
        onSignal({
          type: 'policy-violation',
          blockedUri: event.blockedURI,
          directive: event.effectiveDirective,
        }),
      { signal },
    )
    return () => undo.abort()
  },
}
