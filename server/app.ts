/**
 * The server without its process: listening, sockets, HTTP and their shutdown. Tests start it on port 0,
 * without pages; `main.ts` adds the environment, the log, the pages and the signals.
 */
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { isLoopback } from '#lib/protocol/host.ts'
import { createAccess } from '#server/access/access.ts'
import { createGuard } from '#server/access/guard.ts'
import { reachedAt } from '#server/access/invitation.ts'
import { createMemoryLinks, type LinkStore } from '#server/access/link-store.ts'
import { createLinks } from '#server/access/links.ts'
import type { Config } from '#server/config/config.ts'
import { createSite, type Site } from '#server/config/site.ts'
import { createEndpoints } from '#server/endpoints/list.ts'
import { createAccessRoutes } from '#server/http/access.ts'
import { createApi } from '#server/http/api.ts'
import { createBundleRoutes } from '#server/http/bundle.ts'
import { createChecklistRoutes } from '#server/http/checklist.ts'
import { createDiagnoseRoutes, type ProbeSettings } from '#server/http/diagnose.ts'
import { createEventStreams } from '#server/http/event-streams.ts'
import { createEventRoutes } from '#server/http/events.ts'
import { createRequestHandler } from '#server/http/handler.ts'
import { createHealth } from '#server/http/health.ts'
import { createIngestRoutes } from '#server/http/ingest.ts'
import { createLabRoutes } from '#server/http/lab.ts'
import { createLinkRoutes } from '#server/http/links.ts'
import { createNegotiateRoutes } from '#server/http/negotiate.ts'
import type { Pages } from '#server/http/pages.ts'
import { createProbeAccess } from '#server/http/probe-access.ts'
import { createReady } from '#server/http/ready.ts'
import { createRecordingRoutes } from '#server/http/recordings.ts'
import { withReports } from '#server/http/report-pages.ts'
import { createReportRoutes } from '#server/http/reports.ts'
import { createSecurePage } from '#server/http/secure-listener.ts'
import { createSecurePageRoutes } from '#server/http/secure-page.ts'
import { createShared } from '#server/http/shared.ts'
import { createWatchRoutes } from '#server/http/watch.ts'
import { createIngest, type IngestRates } from '#server/ingest/ingest.ts'
import { createFeed } from '#server/journal/feed.ts'
import type { Journal } from '#server/journal/journal.ts'
import { createLab, type Lab, type LabOptions } from '#server/lab/lab.ts'
import { createMetrics } from '#server/metrics/metrics.ts'
import { createProbeLimiter, type ProbeLimits } from '#server/probe/limiter.ts'
import { createRecordings } from '#server/recordings/recordings.ts'
import type { Facts } from '#server/redis/facts.ts'
import { createJudge, type Judge } from '#server/reports/judge.ts'
import { createMemoryReports } from '#server/reports/memory.ts'
import { createReports } from '#server/reports/reports.ts'
import type { ReportStore } from '#server/reports/store.ts'
import type { OpenSession } from '#server/sockets/session.ts'
import { createSlots } from '#server/sockets/slots.ts'
import { createTrafficSweep } from '#server/sockets/traffic.ts'
import { createDoor } from '#server/sockets/upgrade.ts'
import { createRelays, THROUGH_LIMITS } from '#server/through/relays.ts'
import { noticeMessage } from '#server/watch/message.ts'
import { createMemoryWatches, type WatchStore } from '#server/watch/store.ts'
import { createWatches } from '#server/watch/watches.ts'
import { postWebhook, type WebhookTools } from '#server/watch/webhook.ts'
import { answerClientErrors, httpLimits } from '#server/wire/limits.ts'
import { listen } from '#server/wire/listen.ts'

export interface AppOptions {
  readonly config: Config
  readonly journal: Journal
  /** Where diagnoses are kept; in memory unless told otherwise. */
  readonly reports?: ReportStore
  /** What is watched; in memory unless told otherwise. */
  readonly watches?: WatchStore
  /** Links for colleagues; in memory unless told otherwise. */
  readonly links?: LinkStore
  /** What instances tell one another, where several share a journal. */
  readonly facts?: Facts | undefined
  /** Resolves when what was kept before can be read, or cannot be. */
  readonly kept?: Promise<void>
  /** Somebody who is not at this machine was asked for the token for the first time. */
  readonly askedForToken?: () => void
  /** Less patient, in tests. */
  readonly judge?: Judge
  readonly version: string
  readonly dev?: boolean
  /** Called once the port is known. Without it the server has sockets and JSON, and no pages. */
  readonly pages?: (port: number) => Pages
  /** How long a client may take for the headers of its request. */
  readonly handshakeTimeoutMs?: number
  /** Smaller bounds for the lab, in tests. */
  readonly lab?: Pick<LabOptions, 'limit' | 'idleMs'>
  /** The same for the probe. */
  readonly probe?: ProbeSettings & { readonly limits?: ProbeLimits }
  /** The same for events of other servers. */
  readonly ingest?: IngestRates
  /** The same for connections that the server opens for its pages. */
  readonly through?: ProbeLimits
  /** Less patient notifications, in tests. */
  readonly webhook?: Omit<WebhookTools, 'signal'>
}

export interface App {
  readonly site: Site
  /** The access token, where it was made up. */
  readonly madeUpToken: string | undefined
  readonly addresses: readonly string[]
  readonly pages: Pages | undefined
  readonly sessions: ReadonlySet<OpenSession>
  readonly lab: Pick<Lab, 'open' | 'limit' | 'relay' | 'realProxies'>
  /** Every client gets 1001 and `graceMs` to answer it; then all that is left is cut. Idempotent. */
  close(graceMs?: number): Promise<void>
}

const closeGraceMs = 3000

/** The recorder sends once in 5 s, and at once when a socket opens or ends: of each page, several tabs of it. */
const RECORDING_LIMITS: ProbeLimits = { atOnce: 100, aMinute: 240, clients: 1000 }

const childProgram = fileURLToPath(new URL('./lab-child.ts', import.meta.url))

/** Binds the port and starts answering. Rejects with a `ListenError`. */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, journal, version, dev = false } = options
  const startedAt = performance.now()
  const sessions = new Set<OpenSession>()
  const slots = createSlots()
  const traffic = createTrafficSweep(slots)
  let draining = false

  const http = createServer(httpLimits(options.handshakeTimeoutMs))
  answerClientErrors(http)
  // A few more than the sockets may be, for pages and health checks; beyond that, connections are not accepted.
  const maxConnections = config.maxConnections + 1000
  http.maxConnections = maxConnections

  const { port, addresses, stop } = await listen(http, config.host, config.port)
  const site = createSite(config, port, () => securePage.origins)
  const access = createAccess({
    token: config.accessToken,
    port,
    trustedProxies: config.trustedProxies,
    facts: options.facts,
    refused: (address) => {
      const message = `A wrong access token came from ${address}.`
      journal.append({ kind: 'error', code: 'wrong-access-token', message })
    },
    ...(options.askedForToken && { asked: options.askedForToken }),
  })
  const links = createLinks(options.links ?? createMemoryLinks())
  const guard = createGuard(config.socketLimits, access)
  const feed = createFeed(journal)
  const streams = createEventStreams(feed)
  const endpoints = createEndpoints({
    site,
    feed,
    relays: createRelays({
      allow: config.probeAllow,
      access,
      limiter: createProbeLimiter(() => performance.now(), options.through ?? THROUGH_LIMITS),
      maxPayloadBytes: config.maxPayloadBytes,
      ...(options.probe?.ask && { ask: options.probe.ask }),
    }),
  })

  const services = {
    config,
    site,
    access,
    guard,
    endpoints,
    journal,
    slots,
    traffic,
    sessions,
    isDraining: () => draining,
    openConnections: () => sessions.size,
  }
  const ownServer = { host: dialable(config.host), port }
  const lab = createLab({ ...services, ...options.lab, ownServer, childProgram })
  const judge = options.judge ?? createJudge()
  const reportStore = options.reports ?? createMemoryReports()
  const reports = createReports(reportStore, judge)
  const ownPages = options.pages?.(port)
  const pages = ownPages && withReports(ownPages, reports)
  const limiter = createProbeLimiter(() => performance.now(), options.probe?.limits)
  const probeAccess = createProbeAccess(config.probeAllow, limiter, access)
  const ingest = createIngest(journal, { rates: options.ingest, keepMs: config.journalKeep.ageMs })
  const watchStore = options.watches ?? createMemoryWatches()
  const watches = createWatches({
    store: watchStore,
    journal,
    reports,
    allow: config.probeAllow,
    ...(options.probe?.ask && { ask: options.probe.ask }),
    post: (url, policy) => (state, losses, facts, signal) =>
      postWebhook(
        { url, policy, secret: config.notifySecret },
        noticeMessage(state, losses, facts, site.publicBaseUrl),
        { ...options.webhook, signal },
      ),
  })
  const door = createDoor({
    ...services,
    pagesUpgrade: pages && ((request, socket, head) => pages.upgrade(request, socket, head)),
    lab: lab.upgrade,
  })
  const waitsFor = new Set<'pages' | 'journal'>()
  const waitFor = (what: 'pages' | 'journal', ready: Promise<void> | undefined) => {
    if (ready === undefined) return
    waitsFor.add(what)
    // What never is ready stays in the set.
    ready.then(
      () => waitsFor.delete(what),
      () => {},
    )
  }
  waitFor('pages', pages?.ready)
  waitFor('journal', options.kept)
  const metrics = createMetrics({
    journal,
    feed,
    version,
    maxConnections: config.maxConnections,
    open: () => countBy(sessions, ({ endpoint }) => endpoint),
    traffic: traffic.total,
    isReady: () => !draining && waitsFor.size === 0,
  })
  const securePage = createSecurePage({
    host: isLoopback(config.host) ? config.host : 'localhost',
    request: (request, response) => answer(request, response),
    upgrade: door.upgrade,
    maxConnections,
  })
  const failed = (error: unknown) => {
    journal.append({ kind: 'error', code: 'request-failed', message: String(error).slice(0, 500) })
  }
  const answer = createRequestHandler({
    dev,
    site,
    access,
    endpoints,
    shared: createShared({ links, reports, streams }),
    health: createHealth({
      version,
      heartbeat: config,
      openConnections: () => sessions.size,
      isDraining: () => draining,
      uptimeMs: () => performance.now() - startedAt,
      trouble: () => journal.trouble,
    }),
    ready: createReady({ waitsFor: () => [...waitsFor], isDraining: () => draining }),
    metrics,
    api: createApi(
      [
        createEventRoutes({ journal, streams }),
        createLabRoutes(lab),
        createDiagnoseRoutes({ reports, journal, ingest, access: probeAccess, probe: options.probe }),
        createNegotiateRoutes(probeAccess, options.probe?.ask),
        createReportRoutes(reports),
        createRecordingRoutes(
          createRecordings(journal),
          createProbeLimiter(() => performance.now(), RECORDING_LIMITS),
        ),
        createSecurePageRoutes(securePage, access),
        createAccessRoutes(access),
        createLinkRoutes({ links, reports, base: reachedAt(config, site) }),
        createWatchRoutes(watches, probeAccess),
        createBundleRoutes({
          config,
          journal,
          version,
          reports: reportStore,
          watches: watchStore,
        }),
        createIngestRoutes(ingest, access),
        createChecklistRoutes(
          {
            config,
            site,
            endpoints,
            journal,
            judge,
            addresses,
            ownServer,
            token: config.accessToken ?? access.madeUpToken,
          },
          probeAccess,
        ),
      ],
      failed,
    ),
    pages,
    recordPlainRequest: door.recordPlainRequest,
    failed,
  })
  http.on('connection', guard.accept)
  http.on('upgrade', door.upgrade)
  http.on('request', answer)
  journal.append({ kind: 'server', state: 'started' })

  const close = async (graceMs: number) => {
    draining = true
    journal.append({ kind: 'server', state: 'draining' })
    http.closeIdleConnections()
    // One turn, in which the journal tells its readers of it.
    await new Promise(setImmediate)
    feed.close()
    streams.stop()
    for (const session of sessions) session.close(1001, 'server shutting down')
    await untilEmpty(sessions, graceMs)
    for (const session of sessions) session.terminate()
    await Promise.all([lab.close(), watches.close()])
    stop()
    securePage.close()
    await untilEmpty(sessions, 200)
    http.closeAllConnections()
    slots.close()
  }

  let closing: Promise<void> | undefined
  return {
    site,
    madeUpToken: access.madeUpToken,
    addresses,
    pages,
    sessions,
    lab,
    close: (graceMs = closeGraceMs) => {
      closing ??= close(graceMs)
      return closing
    },
  }
}

function countBy<T>(items: Iterable<T>, nameOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1)
  return counts
}

/** The address of a listener that a socket of this process can connect to. */
function dialable(host: string): string {
  if (host === 'localhost' || host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}

async function untilEmpty(sessions: ReadonlySet<unknown>, timeoutMs: number): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs
  while (sessions.size > 0 && performance.now() < giveUpAt) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
