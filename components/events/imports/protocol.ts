/** What the page and the worker that holds the imported logs say to each other. */
import type { LogReport } from '#lib/diagnosis/judge-logs.ts'
import type { EventFilter } from '#lib/protocol/event-filter.ts'
import type { EndsCount } from '#lib/stats/ends-tally.ts'
import type { ConnectionRow } from '../connection-row.ts'
import type { LogPart } from '../story.ts'
import type { LogFile, Overview, Progress } from './imported-logs.ts'
import type { TimeSpan } from './matching.ts'
import type { RawLine } from './raw-line.ts'

export interface Answers {
  /** Reads files, and this server's events of their time. Progress and overviews come meanwhile. */
  read: Overview
  /** Leaves the reading; what was read stays. */
  stop: null
  choose: { count: number; ends: EndsCount }
  rows: ConnectionRow[]
  chooseLines: number
  lines: RawLine[]
  story: LogPart
  judge: LogReport
  /** Events of this server as lines, judged alone: without imported logs. */
  judgeEvents: LogReport
}

export interface Questions {
  read: { readonly files: readonly LogFile[] }
  stop: object
  choose: { readonly filter: EventFilter; readonly span: TimeSpan }
  rows: { readonly from: number; readonly to: number }
  chooseLines: { readonly text: string | undefined }
  lines: { readonly from: number; readonly to: number }
  story: { readonly key: string | null; readonly clientId: string | null }
  judge: object
  judgeEvents: { readonly filter: EventFilter; readonly span: TimeSpan }
}

export type QuestionName = keyof Questions

export type Question = {
  [Name in QuestionName]: { readonly id: number; readonly what: Name; readonly given: Questions[Name] }
}[QuestionName]

export type Message =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failed: string }
  | { readonly progress: Progress }
  /** What was read so far can be looked at. */
  | { readonly soFar: Overview }
