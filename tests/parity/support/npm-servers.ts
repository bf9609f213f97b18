/**
 * The servers that npm has: installed by the lock of tests/parity/applications/servers into the node_modules beside it, once,
 * when a suite that runs them begins. Where the registry can't be reached they are missing, with a reason to print.
 */
import { ensureServers } from '../../../scripts/setup/servers.mjs'

/** @returns why they could not be installed, for people */
export async function installServers(): Promise<string | undefined> {
  try {
    await ensureServers()
    return undefined
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error)
    return `npm could not install the servers of tests/parity/applications/servers: ${told.trim().split('\n').at(-1)?.slice(0, 200)}`
  }
}
