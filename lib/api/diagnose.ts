/**
 * `POST /api/diagnose`: what is asked, and the lines that answer it.
 *
 * The answer is `application/x-ndjson`: one JSON object a line, each as it happens. `stage` lines come first, the
 * last line is `report` or `error`. A request that is refused before anything was streamed is answered with 400,
 * 403 or 429 and one `problem` as plain JSON.
 */
import * as z from 'zod/mini'
import { problem } from '#lib/api/problem.ts'
import { storedReport } from '#lib/diagnosis/stored-report.ts'
import { stageEvent } from '#lib/evidence/progress.ts'

const atMost = (characters: number) => z.string().check(z.maxLength(characters))

/** Unknown members are refused: an option that was misspelt would change the result unnoticed. */
export const diagnoseOrder = z.strictObject({
  /** As a person types it: ws://, wss://, https://, host:port, Socket.IO and SignalR addresses. */
  url: atMost(8192),
  /** The Origin to send; null for none; absent: that of a page which the target's own host delivers. */
  origin: z.optional(z.nullable(atMost(2048))),
  subprotocols: z.optional(z.array(atMost(256)).check(z.maxLength(20))),
  /** Each `Name: value`, as on the command line. */
  headers: z.optional(z.array(atMost(8300)).check(z.maxLength(50))),
  /** Your server’s own address, without the proxy. Tested as well if the first attempt fails. */
  direct: z.optional(atMost(8192)),
  /** Seconds of silence to hold the connection. */
  hold_seconds: z.optional(z.number().check(z.gte(0), z.lte(3600))),
  /** A first message: many servers drop whoever does not authenticate. */
  send: z.optional(atMost(65_536)),
  /** True: the probe says nothing for a protocol above WebSocket that it recognizes. */
  quiet: z.optional(z.boolean()),
  /** Patience for one stage. Many proxies answer 504 after 60 s: who wants to see that must wait longer. */
  timeout_seconds: z.optional(z.number().check(z.gte(0.1), z.lte(120))),
  /** False: only the first attempt. */
  retries: z.optional(z.boolean()),
  /** Only addresses of this family. */
  family: z.optional(z.union([z.literal(4), z.literal(6)])),
  /** Certificates (PEM) to trust beside Node's own. */
  ca: z.optional(atMost(65_536)),
  /** Go on behind a certificate that fails its check. */
  insecure: z.optional(z.boolean()),
  /** The id of a report of the same address: this probe takes the place of its own, such as a longer hold. */
  report: z.optional(atMost(64)),
})
export type DiagnoseOrder = z.infer<typeof diagnoseOrder>

export const reportLine = z.looseObject({ type: z.literal('report'), ...storedReport.shape })
export const errorLine = z.looseObject({ type: z.literal('error'), ...problem.shape })
/** Said every 15 s while nothing else happens, since proxies cut answers that are silent. */
export const waitingLine = z.looseObject({ type: z.literal('waiting') })

export const diagnoseLine = z.discriminatedUnion('type', [stageEvent, reportLine, errorLine, waitingLine])
export type DiagnoseLine = z.infer<typeof diagnoseLine>
