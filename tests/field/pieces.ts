/** Every recorded, composed and collected case, taken apart into what somebody could bring one after the other. */
import { diagnose } from '#lib/diagnosis/diagnose.ts'
import { readAndJudge } from '#lib/diagnosis/read-and-judge.ts'
import type { Report } from '#lib/diagnosis/report.ts'
import { mergeEvidence } from '#lib/evidence/merge.ts'
import { type Evidence, parseEvidence } from '#lib/evidence/schema.ts'
import { readBrought, type Source } from '#lib/intake/read.ts'
import { fieldCases } from '#tests/field/material.ts'
import { firstOf, provableOf } from '#tests/field/objections.ts'
import { composedCases, truthCases } from '#tests/unit/diagnosis/truth.ts'

export type Piece = { readonly name: string } & (
  | { readonly evidence: Evidence; readonly source?: undefined }
  | { readonly source: Source; readonly evidence?: undefined }
)

export type Whole = {
  readonly id: string
  /** Line by line, where lines are lines. */
  readonly fine: readonly Piece[]
  /** Observer by observer, file by file. */
  readonly coarse: readonly Piece[]
  /** Causes that may come first, outcomes that are right, causes that may be proven. */
  readonly first: readonly string[]
  readonly outcomes: readonly string[]
  readonly provable: readonly string[]
}

/** Pieces of one source are put together again in the order in which they are given. */
export function judge(pieces: readonly Piece[]): Report {
  let evidence: Evidence = {}
  const texts = new Map<string, string>()
  for (const piece of pieces) {
    if (piece.evidence) evidence = mergeEvidence(evidence, piece.evidence)
    else texts.set(piece.source.file, `${texts.get(piece.source.file) ?? ''}${piece.source.text}\n`)
  }
  const files = Array.from(texts, ([file, text]) => ({ file, text }))
  return files.length > 0 ? readAndJudge({ evidence, files }).report : diagnose(parseEvidence(evidence))
}

const MOST_LINES = 12

function finePieces(evidence: Evidence): Piece[] {
  const { target, browser, client, probe, retries, proxy, server, peers } = evidence
  const pieces: Piece[] = []
  const add = (name: string, part: Evidence) => pieces.push({ name, evidence: part })
  const addLines = (name: string, lines: string[] | undefined, wrap: (lines: string[]) => Evidence) => {
    if (lines?.length === 0) add(name, wrap([]))
    for (const [at, line] of (lines ?? []).slice(0, MOST_LINES).entries()) add(`${name}[${at}]`, wrap([line]))
  }
  if (target) add('target', { target })
  if (browser) {
    const { console, ...events } = browser
    if (Object.keys(events).length > 0) add('browser.events', { browser: events })
    addLines('browser.console', console, (lines) => ({ browser: { console: lines } }))
  }
  if (client) add('client', { client })
  if (probe) add('probe', { probe, ...(retries && { retries }) })
  if (proxy) {
    const { config, access_log: access, error_log: errors, ...kind } = proxy
    if (config !== undefined) add('proxy.config', { proxy: { ...kind, config } })
    addLines('proxy.access_log', access, (lines) => ({ proxy: { ...kind, access_log: lines } }))
    addLines('proxy.error_log', errors, (lines) => ({ proxy: { ...kind, error_log: lines } }))
  }
  if (server) add('server', { server })
  if (peers) add('peers', { peers })
  return pieces
}

function coarsePieces({ target, browser, client, probe, retries, proxy, server, peers }: Evidence): Piece[] {
  const pieces: Piece[] = []
  const add = (name: string, part: Evidence) =>
    pieces.push({ name, evidence: { ...(target && { target }), ...part } })
  if (browser) {
    const { console = [], ...events } = browser
    if (browser.events) add('browser.events', { browser: events })
    if (console.length > 0) add('browser.console', { browser: { console } })
    if (browser.events && browser.console) add('browser', { browser })
  }
  if (client) add('client', { client })
  if (probe) add('probe', { probe, ...(retries && { retries }) })
  if (proxy) {
    const { config, access_log: access, error_log: errors, ...kind } = proxy
    if (config !== undefined) add('proxy.config', { proxy: { ...kind, config } })
    if (access?.length) add('proxy.access_log', { proxy: { ...kind, access_log: access } })
    if (errors?.length) add('proxy.error_log', { proxy: { ...kind, error_log: errors } })
  }
  if (server) add('server', { server })
  if (peers) add('peers', { peers })
  return pieces
}

/** A document by its observers, a text by its lines; a configuration and an HTTP message are whole. */
function linesOf(source: Source): Piece[] {
  const { evidence, read } = readBrought([source])
  const pieces = read.flatMap((each) => each.pieces)
  if (pieces.some(({ kind }) => kind === 'evidence')) return finePieces(evidence)
  const blocks = pieces.filter(({ kind }) => kind === 'configuration' || kind === 'http')
  const lines = source.text.split('\n')
  const found: Piece[] = []
  for (let number = 1; number <= lines.length; number++) {
    const [, end = number] =
      blocks.find(({ lines: [from, to] }) => number >= from && number <= to)?.lines ?? []
    const text = lines.slice(number - 1, end).join('\n')
    if (text.trim() !== '')
      found.push({ name: `${source.file}:${number}`, source: { file: source.file, text } })
    number = end
  }
  return found
}

const recorded: Whole[] = [...truthCases, ...composedCases]
  .filter(({ view }) => view === 'full')
  .map(({ file, evidence, expect }) => ({
    id: file,
    fine: finePieces(evidence),
    coarse: coarsePieces(evidence),
    first: expect.causes,
    outcomes: [expect.outcome, ...(expect.or_outcomes ?? [])],
    provable: expect.causes,
  }))

const brought: Whole[] = fieldCases.flatMap(({ name, questions, sourceOf }) => {
  const provable = questions.flatMap(provableOf)
  return questions.map((question) => ({
    id: `${name}: ${question.files.join(' and ')}`,
    fine: question.files.flatMap((file) => linesOf(sourceOf(file))),
    coarse: question.files.map((file) => ({ name: file, source: sourceOf(file) })),
    first: firstOf(question),
    outcomes: question.outcome,
    provable,
  }))
})

export const wholes: readonly Whole[] = [...recorded, ...brought]
