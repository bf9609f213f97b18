'use client'
/** Faults on real proxies of the server's machine, as the pages ask for them. */
import { labCatalogue, type ProxyOrder, type RunningProxy, runningProxy } from '#lib/api/lab.ts'
import { deleteSoon, getJson, postJson } from './request.ts'

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
  const { real_proxies } = await getJson('/api/lab', labCatalogue)
  return new Map(real_proxies.map(({ kind, label }) => [kind, label]))
}

/** Starts one. @throws ProblemError where it cannot be had */
export function startProxy(order: ProxyOrder): Promise<RunningProxy> {
  return postJson('/api/lab/proxies', order, runningProxy)
}

export function stopProxy(id: string): void {
  deleteSoon(`/api/lab/proxies/${encodeURIComponent(id)}`)
}
