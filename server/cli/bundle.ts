/** `why1006 bundle`: what the server knows, as one zip without its secrets. */
import { existsSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import path from 'node:path'
import * as z from 'zod/mini'
import { type BundleOrder, bundleSizes } from '#lib/api/bundle.ts'
import {
  type BundlePart,
  type BundlePartSize,
  bundleName,
  bundleParts,
  partWords,
} from '#lib/bundle/format.ts'
import { sentence } from '#lib/text/foreign.ts'
import { makeBundle, measureBundle } from '#server/bundle/bundle.ts'
import { CommandError, defineCommand, exit, UsageError } from '#server/cli/command.ts'
import { problemOf, readInput } from '#server/cli/input.ts'
import type { Io } from '#server/cli/io.ts'
import { ownServer, ownServerUsage } from '#server/cli/own-server.ts'
import { authorization, refusalOf, tokenOf, tokenOption, tokenUsage } from '#server/cli/token.ts'
import { readConfig } from '#server/config/config.ts'
import { loadEnvironment } from '#server/config/environment.ts'
import { openKeeping } from '#server/keeping.ts'
import packageFile from '../../package.json' with { type: 'json' }

const usage = `Usage: why1006 bundle [options] [file…]

Writes a support bundle: events, reports, watches and settings of the Why1006 server, and the files that you name, as one
zip. Passwords, tokens, cookies and credentials are masked. It asks the server that runs, or reads its file where none does.
Drop the zip on the Diagnose page of any Why1006 to open it, or give it to why1006 diagnose.

  --out <file>         where to write it (default: why1006-<time>.zip); - is standard output
  --list               only say what would be in it
  --since, --until     a time (2026-11-30T02:00Z), or how long ago: 90m, 6h, 2d
  --leave-out <part>   ${bundleParts.join(', ')}; may be given several times
  --server <url>       the server (${ownServerUsage})
  --token <token>      ${tokenUsage}

Exit code 0 when it is written. 2 for wrong usage, or when no server runs here and no journal file is found.
`

interface Order {
  readonly out: string
  readonly list: boolean
  readonly server: URL
  readonly token: string | undefined
  readonly files: readonly string[]
  readonly order: BundleOrder
}

export const run = defineCommand({
  usage,
  options: {
    out: { type: 'string' },
    list: { type: 'boolean' },
    since: { type: 'string' },
    until: { type: 'string' },
    'leave-out': { type: 'string', multiple: true },
    server: { type: 'string' },
    ...tokenOption,
  },
  read: ({ values, positionals }): Order => {
    return {
      out: values.out ?? bundleName(new Date()),
      list: values.list === true,
      server: ownServer(values),
      token: tokenOf(values),
      files: positionals,
      order: {
        ...(values.since !== undefined && { since: momentOf('--since', values.since) }),
        ...(values.until !== undefined && { until: momentOf('--until', values.until) }),
        ...(values['leave-out'] && { leave_out: values['leave-out'].map(partOf) }),
      },
    }
  },
  run: async ({ out, list, server, token, files, order: asked }, io) => {
    const imported: NonNullable<BundleOrder['imported']> = []
    for (const file of files) imported.push({ name: file, text: await textOf(file, io) })
    const order = { ...asked, ...(imported.length > 0 && { imported }) }
    const source = (await fromServer(server, token, io.signal)) ?? fromFile(server)
    try {
      if (list) {
        const sizes = (await source.sizes(order)).filter(({ part }) => !order.leave_out?.includes(part))
        io.stdout.write(sizes.map((size) => `${sizeWords(size)}\n`).join(''))
        return exit.ok
      }
      const bytes = await write(out, source.make(order), io)
      if (out !== '-')
        io.stdout.write(`${sentence`${out}: ${bytes} bytes. Look at what is in it before you pass it on.`}\n`)
      return exit.ok
    } finally {
      await source.close()
    }
  },
})

const AGO_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Seconds since the Unix epoch. */
function momentOf(option: string, text: string): number {
  const [, count, unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  const ms = count === undefined ? Date.parse(text) : Date.now() - Number(count) * (AGO_MS[unit] ?? 0)
  if (Number.isNaN(ms) || ms < 0) {
    throw new UsageError(
      sentence`${option} takes a time such as 2026-11-30T02:00Z, or 90m, 6h, 2d ago, not “${text}”.`,
    )
  }
  return ms / 1000
}

function partOf(text: string): BundlePart {
  const part = bundleParts.find((known) => known === text)
  if (part === undefined) throw new UsageError(sentence`--leave-out takes ${bundleParts}, not “${text}”.`)
  return part
}

const MOST_BYTES = 32 * 1024 * 1024

async function textOf(file: string, io: Io): Promise<string> {
  try {
    return await readInput(file, io, MOST_BYTES)
  } catch (error) {
    throw new CommandError(sentence`${file}: ${problemOf(error)}.`, exit.usage)
  }
}

interface Source {
  sizes(order: BundleOrder): Promise<BundlePartSize[]>
  make(order: BundleOrder): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** Undefined where no server of ours answers. @throws CommandError for what it refuses */
async function fromServer(
  server: URL,
  token: string | undefined,
  signal: AbortSignal,
): Promise<Source | undefined> {
  const at = new URL('/api/bundle', server)
  const health = await fetch(new URL('/health', server), { signal, redirect: 'manual' }).catch(
    () => undefined,
  )
  if (health === undefined) return undefined
  const answered = async (response: Response): Promise<Response> => {
    if (response.ok) return response
    throw await refusalOf(response, token)
  }
  return {
    async sizes({ since, until }) {
      for (const [name, value] of Object.entries({ since, until })) {
        if (value !== undefined) at.searchParams.set(name, String(value))
      }
      const response = await answered(
        await fetch(at, { headers: authorization(token), signal, redirect: 'manual' }),
      )
      return z.parse(bundleSizes, await response.json()).parts
    },
    async *make(order) {
      const response = await answered(
        await fetch(at, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...authorization(token) },
          body: JSON.stringify(order),
          redirect: 'manual',
          signal,
        }),
      )
      if (response.body) yield* response.body
    },
    close: async () => {},
  }
}

/** The file of the server that would run here. @throws CommandError where there is none, or another process has it */
function fromFile(server: URL): Source {
  const result = readConfig({ JOURNAL: 'sqlite', ...loadEnvironment(path.resolve('.env'), process.env) })
  if (!result.ok)
    throw new CommandError(
      result.problems.map((line) => sentence`${line}`),
      exit.usage,
    )
  const { config } = result
  const { journal } = config
  const file = typeof journal === 'object' && 'file' in journal ? path.resolve(journal.file) : undefined
  if (file === undefined || !existsSync(file)) {
    throw new CommandError(
      sentence`No Why1006 server answers at ${server.origin}, and there is no file of one${file === undefined ? '' : ` at ${file}`}. Name the server with --server, or its folder with DATA_DIR.`,
      exit.usage,
    )
  }
  const keeping = openKeeping(config, 'bundle')
  if (keeping.troubles.length > 0) throw new CommandError(sentence`${keeping.says}`, exit.usage)
  const services = { ...keeping, config, version: packageFile.version }
  return {
    sizes: (order) => measureBundle(order, services),
    make: (order) => makeBundle(order, services),
    close: keeping.close,
  }
}

/** A file that is there stays. @returns the bytes written */
async function write(out: string, pieces: AsyncIterable<Uint8Array>, io: Io): Promise<number> {
  let bytes = 0
  if (out === '-') {
    for await (const piece of pieces) {
      bytes += piece.length
      process.stdout.write(piece)
    }
    return bytes
  }
  const file = await open(out, 'wx', 0o600).catch((error: unknown) => {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    throw new CommandError(
      isThere
        ? sentence`${out} is there already. Name another with --out.`
        : sentence`${out}: ${problemOf(error)}.`,
      exit.usage,
    )
  })
  let isWhole = false
  try {
    for await (const piece of pieces) {
      if (io.signal.aborted) break
      bytes += piece.length
      await file.write(piece)
    }
    isWhole = !io.signal.aborted
  } finally {
    await file.close()
    if (!isWhole) await rm(out, { force: true })
  }
  if (!isWhole) throw new CommandError(sentence`Interrupted. Nothing was written.`, exit.failed)
  return bytes
}

const sizeWords = ({ part, count, bytes, cut }: BundlePartSize): string =>
  `${part.padEnd(14)} ${String(count).padStart(7)}  ${String(bytes).padStart(10)} bytes${cut ? ', the newest' : ''}  ${partWords[part]}`
