'use client'
import { live } from '#components/core/live-core.ts'
import { useNow } from '#components/core/use-now.ts'
import { formatSeconds, plural } from '#components/ui/format.ts'
import { CHROME_COUNTS_MS, countHandshakes, longestChromeDelayMs } from '#lib/record/chrome-delay.ts'

/** Less than this nobody takes for a slow server. */
const worthTellingMs = 100

/** Says when Chrome itself holds the next attempt back, so that nobody blames the server for it. */
export function ChromeNote() {
  const now = useNow()
  if (!/Chrome\//.test(navigator.userAgent)) return null
  const handshakes = countHandshakes(Object.values(live.store.getState().connections), now - CHROME_COUNTS_MS)
  const longestMs = longestChromeDelayMs(handshakes)
  if (longestMs < worthTellingMs) return null
  const why = [
    handshakes.failed > 0 && `${handshakes.failed} failed`,
    handshakes.pending > 0 && `${plural(handshakes.pending, 'is', 'are')} in progress`,
  ]
  return (
    <p
      className="text-code text-waiting"
      title="Chrome delays WebSocket handshakes by a random time that doubles with those that failed within two to four minutes and those in progress (services/network/websocket_throttler.cc)"
    >
      Chrome, not your server, delays the next handshake by up to {formatSeconds(longestMs)}:{' '}
      {why.filter(Boolean).join(', ')}.
    </p>
  )
}
