/** One fault twice: through the lab's relay and through a real proxy that is set up to show it. */
import assert from 'node:assert/strict'
import type { Browser } from 'playwright/test'
import { labPath, readKnobs } from '#lib/lab/address.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import { type FaultId, faultIds, faultOf } from '#lib/lab/faults.ts'
import { probe } from '#server/probe/probe.ts'
import { NOTHING_ALLOWED } from '#server/probe/transport/address-guard.ts'
import { type PageSight, seenByPage } from '#tests/parity/support/page.ts'
import type { TestServer } from '#tests/server/support/server.ts'

export interface Pair {
  fault: FaultId
  kind: RealProxyKind
}

/** Every fault with every real proxy that can show it. */
export const pairs: readonly Pair[] = faultIds.flatMap((fault) =>
  faultOf(fault).real.map((kind) => ({ fault, kind })),
)

/** How long to look at an open connection: only what passes everything stays, however busy the machine is. */
export const watchMsOf = (fault: FaultId): number => (fault === 'pass-through' ? 800 : 10_000)

/** Short times for all faults that wait. */
const quick: Partial<Record<FaultId, Record<string, string>>> = {
  'idle-timeout': { after_seconds: '1' },
  'gateway-timeout': { after_seconds: '1' },
  // The proxy reloads so long after its start: everybody must be there before.
  reload: { after_seconds: '3' },
}

/** Short times, and the knob that makes the relay speak as this proxy. */
export const knobsFor = ({ fault, kind }: Pair): Record<string, string> => ({
  ...quick[fault],
  ...('proxy' in faultOf(fault).knobs && { proxy: kind }),
})

/** Starts the proxy, has both looked at by the same eyes at the same time, and stops it. */
export async function throughBoth<T>(
  server: TestServer,
  pair: Pair,
  path: string,
  look: (where: { port: number; path: string }) => Promise<T>,
): Promise<{ real: T; relayed: T; label: string }> {
  const knobs = knobsFor(pair)
  const reading = readKnobs(pair.fault, new URLSearchParams(knobs))
  assert.ok(reading.ok)
  const { realProxies } = server.app.lab
  const proxy = await realProxies.start(pair.kind, reading.call)
  try {
    const [real, relayed] = await Promise.all([
      look({ port: proxy.port, path }),
      look({ port: server.port, path: labPath(pair.fault, path, knobs) }),
    ])
    return { real, relayed, label: proxy.label }
  } finally {
    await realProxies.stop(proxy.id)
  }
}

export interface ProbeSight {
  status: number | undefined
  frames: number[]
  end: string | undefined
  code: number | string | undefined
}

/** What a page and a probe see of one URL, side by side. */
export async function seenByPageAndProbe(
  browser: Browser,
  { origin, url, watchMs }: { origin: string; url: string; watchMs: number },
): Promise<{ page: PageSight; probe: ProbeSight }> {
  const [page, evidence] = await Promise.all([
    seenByPage(browser, { origin, url, watchMs }),
    probe(url, { origin, retries: false, watchMs }, { policy: { caller: 'local', allow: NOTHING_ALLOWED } }),
  ])
  const { http, frames = [], end } = evidence.probe ?? {}
  return {
    page,
    probe: {
      status: http?.status,
      frames: frames.map(({ opcode }) => opcode),
      end: end?.kind,
      code: end?.code,
    },
  }
}
