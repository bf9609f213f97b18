'use client'
/** `/api/lab/proxies` as the page uses it: a fault on a real proxy, started and stopped. */
import { labCatalogue, type RunningProxy, runningProxy } from '#lib/api/lab.ts'
import { problem as problemSchema } from '#lib/api/problem.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'

let asked: Promise<ReadonlyMap<string, string>> | null = null

/** Which proxies this machine has, by kind, each with its version in words. None where the server cannot be asked. */
export function installedProxies(): Promise<ReadonlyMap<string, string>> {
  asked ??= askInstalled().catch(() => {
    asked = null
    return new Map()
  })
  return asked
}

async function askInstalled(): Promise<ReadonlyMap<string, string>> {
  const response = await fetch('/api/lab', { headers: { accept: 'application/json' } })
  const { real_proxies } = labCatalogue.parse(await response.json())
  return new Map(real_proxies.map(({ kind, label }) => [kind, label]))
}

/** Starts one. Rejects with a sentence for people where it cannot be had. */
export async function startProxy(
  proxy: RealProxyKind,
  fault: string,
  knobs: Readonly<Record<string, string | number>> = {},
): Promise<RunningProxy> {
  const response = await fetch('/api/lab/proxies', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ proxy, fault, knobs }),
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return runningProxy.parse(body)
  const problem = problemSchema.safeParse(body)
  throw new Error(problem.success ? problem.data.message : `The server answered ${response.status}.`)
}

/** Stops one; also while the page is being left. One that is gone already is no failure. */
export function stopProxy(id: string): void {
  fetch(`/api/lab/proxies/${id}`, {
    method: 'DELETE',
    headers: { 'content-type': 'application/json' },
    keepalive: true,
  }).catch(() => {})
}
