import type { Trouble } from '#lib/logs/trouble.ts'

/** The trouble in words: "ended without a Close frame (1006)". */
export function troubleWords(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'none':
      return 'ended in order'
    case 'unsaid':
      return 'ended; the lines do not say how'
    case 'refused':
      return trouble.status ? `refused with HTTP ${trouble.status}` : 'refused'
    case 'closed':
      return `closed with code ${trouble.code}`
    case 'pong-timeout':
      return 'ended by the server over a missing pong'
    case 'lost':
      return 'lost without a Close frame (1006)'
    case 'cut':
      return CUTS[trouble.mark] ?? BY[trouble.mark.charAt(0)] ?? `cut, says its line: ${trouble.mark}`
  }
}

/** HAProxy’s first letter, whatever the second is. */
const BY: Record<string, string> = {
  K: 'killed when HAProxy restarted (K)',
  D: 'ended because HAProxy found the backend down (D)',
}

const CUTS: Record<string, string> = {
  'tunnel-timed-out': 'cut by the proxy’s timer, says its error log',
  'tunnel-client-timed-out': 'cut because the client did not read, says the proxy’s error log',
  'tunnel-lost': 'lost with the backend’s machine, says the proxy’s error log',
  'tunnel-reset': 'reset by the backend, says the proxy’s error log',
  incomplete: 'cut by the proxy itself: it did not count the request as complete',
  cD: 'cut by HAProxy’s timer on the client’s side (cD)',
  sD: 'cut by HAProxy’s timer on the server’s side (sD)',
  SD: 'ended by the backend, says HAProxy’s line (SD)',
  H15: 'cut by Heroku’s router after 55 s of silence (H15)',
  H18: 'ended by the app in the middle, says Heroku’s router (H18)',
  H28: 'cut by Heroku’s router because the client was silent (H28)',
  SI: 'cut by Envoy’s idle timer (SI)',
  DT: 'cut by Envoy at the age that it allows (DT)',
  UMSDR: 'cut by Envoy at the age that it allows (UMSDR)',
  UC: 'ended by the backend, says Envoy’s line (UC)',
  UR: 'reset by the backend, says Envoy’s line (UR)',
  backend_timeout: 'cut by Google’s load balancer at the timeout of the backend service',
}
