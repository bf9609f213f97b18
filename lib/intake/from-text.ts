/**
 * Anything pasted → evidence: log lines, console messages, journal events, an evidence document, an nginx
 * configuration. Each line goes to whoever understands it, and what nobody understood is said.
 */

import { type Evidence, EvidenceError, readEvidence } from '#lib/evidence/schema.ts'
import { evidenceFromConsole } from '#lib/intake/from-console.ts'
import { evidenceFromLogs } from '#lib/intake/from-logs.ts'
import { parsersOfConfig } from '#lib/logs/log-format.ts'
import { createLogReader } from '#lib/logs/summary.ts'

export type TextReading = {
  evidence: Evidence
  /** What was recognised, in words: "36 log lines", "2 console messages". */
  recognised: string[]
  /** The first lines that nobody understood. */
  unread: string[]
  unreadCount: number
}

/** A paste is bounded; files of any size go through the log reader line by line. */
export const LONGEST_PASTE = 20 * 1024 * 1024
const MOST_UNREAD = 5
const UNREAD_LENGTH = 200

export function evidenceFromText(text: string): TextReading {
  const pasted = text.slice(0, LONGEST_PASTE)
  const document = evidenceDocument(pasted)
  if (document !== undefined) {
    return { evidence: document, recognised: ['an evidence document'], unread: [], unreadCount: 0 }
  }
  if (isNginxConfig(pasted)) {
    const evidence: Evidence = { proxy: { kind: 'nginx', config: pasted } }
    return { evidence, recognised: ['an nginx configuration'], unread: [], unreadCount: 0 }
  }
  return fromLines(pasted)
}

function fromLines(text: string): TextReading {
  const reader = createLogReader({ custom: parsersOfConfig(text) })
  const rest: string[] = []
  let logLines = 0
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    if (reader.read(line)) logLines++
    else rest.push(line)
  }
  const console = evidenceFromConsole(rest.join('\n'))
  const hasConsole = console.messages > 0
  const recognised = [
    ...(logLines > 0 ? [`${logLines} log line${logLines === 1 ? '' : 's'}`] : []),
    ...(hasConsole ? [`${console.messages} console message${console.messages === 1 ? '' : 's'}`] : []),
  ]
  const unread = hasConsole ? [] : rest
  return {
    evidence: {
      ...(logLines > 0 && evidenceFromLogs(reader.summary())),
      ...(hasConsole && console.evidence),
    },
    recognised,
    unread: unread.slice(0, MOST_UNREAD).map((line) => line.slice(0, UNREAD_LENGTH)),
    unreadCount: hasConsole ? console.ignored : rest.length,
  }
}

function evidenceDocument(text: string): Evidence | undefined {
  if (
    !/^\s*\{/.test(text) ||
    !/"(?:evidence|browser|probe|proxy|server|peers|target)"\s*:/.test(text.slice(0, 100_000))
  ) {
    return undefined
  }
  try {
    return readEvidence(text)
  } catch (error) {
    if (error instanceof EvidenceError) return undefined
    throw error
  }
}

function isNginxConfig(text: string): boolean {
  return (
    /^\s*(?:server|http|upstream|location)\b[^;{}\n]{0,200}\{/m.test(text) &&
    /\b(?:proxy_pass|listen)\s[^;]{1,200};/.test(text)
  )
}
