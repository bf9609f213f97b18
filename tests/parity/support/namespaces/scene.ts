/** Scenes in network namespaces of Linux: as root, or where everybody may make them. */
import { execFile, spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { type DiagnosticEvent, diagnosticEvent } from '#lib/protocol/events.ts'

const unshare = ['--net', ...(process.getuid?.() === 0 ? [] : ['--map-root-user'])]

/** What a scene needs of the machine, tried without leaving a trace. @returns why it cannot be, for people */
export async function whyNoNamespaces(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'network namespaces are of Linux'
  const tries = 'ip link add left type veth peer name right && unshare --net nsenter --version'
  try {
    await promisify(execFile)('unshare', [...unshare, 'sh', '-c', tries])
    return undefined
  } catch (error) {
    return `no network namespaces here: ${String(error).split('\n').slice(0, 2).join(' ')}`
  }
}

/** Plays one fault of `server.ts` to the end. @returns what the server told */
export async function play(fault: string): Promise<DiagnosticEvent[]> {
  const server = path.join(import.meta.dirname, 'server.ts')
  const child = spawn('unshare', [...unshare, process.execPath, server, fault], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const events: DiagnosticEvent[] = []
  for await (const line of createInterface(child.stdout)) events.push(diagnosticEvent.parse(JSON.parse(line)))
  return events
}
