/** What the commands share: arguments by `parseArgs`, --help, how wrong usage is told, and exit codes. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { type Sentence, sentence, sentenceOf } from '#lib/text/foreign.ts'
import type { Io } from '#server/cli/io.ts'
import { ProbeRefusal } from '#server/probe/transport/refusal.ts'

export const exit = { ok: 0, failed: 1, usage: 2 } as const

/** The arguments are wrong; the message says how, and the usage follows it. */
export class UsageError extends Error {
  readonly says: readonly Sentence[]

  constructor(...says: readonly Sentence[]) {
    super(says.join(' '))
    this.says = says
  }
}

/** The command cannot do what it was asked; the message is for people. */
export class CommandError extends Error {
  readonly says: readonly Sentence[]
  readonly exitCode: number

  constructor(says: Sentence | readonly Sentence[], exitCode: number) {
    super([says].flat().join(' '))
    this.says = [says].flat()
    this.exitCode = exitCode
  }
}

type Parsed<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true; tokens: true }>
>

export interface CommandDefinition<Options extends ParseArgsOptionsConfig, Order> {
  readonly usage: string
  /** What --help says below the usage. */
  readonly more?: () => Promise<string>
  /** Beside --help, which every command has. */
  readonly options: Options
  readonly takesNoOperands?: boolean
  /**
   * Judges what was given.
   * @throws UsageError or ProbeRefusal
   */
  readonly read: (given: Parsed<Options>) => Order | Promise<Order>
  /**
   * Resolves with the exit code.
   * @throws CommandError, UsageError or ProbeRefusal for what the user can change
   */
  readonly run: (order: Order, io: Io) => number | Promise<number>
}

export type CommandRun = (args: readonly string[], io: Io) => Promise<number>

/** A command as `commands.ts` lists it: the arguments after its name in, the exit code out. */
export function defineCommand<const Options extends ParseArgsOptionsConfig, Order>(
  definition: CommandDefinition<Options, Order>,
): CommandRun {
  const { usage, more, read, run } = definition
  return async (args, io) => {
    try {
      const given = parse(args, definition)
      if ('help' in given.values) {
        io.stdout.write(`${usage}${(await more?.()) ?? ''}`)
        return exit.ok
      }
      const order = await asUsage(async () => read(given))
      return await run(order, io)
    } catch (error) {
      const told = whatToSay(error)
      if (told === undefined) throw error
      io.stderr.write(`${told.says.join('\n')}\n${told.withUsage ? `\n${usage}` : ''}`)
      return told.exitCode
    }
  }
}

const help = { help: { type: 'boolean', short: 'h' } } as const

function parse<Options extends ParseArgsOptionsConfig, Order>(
  args: readonly string[],
  { options, takesNoOperands = false }: CommandDefinition<Options, Order>,
): Parsed<Options> {
  return parseArgs({
    args: [...args],
    options: { ...options, ...help },
    allowPositionals: !takesNoOperands,
    tokens: true,
  }) as Parsed<Options>
}

/** What the probe refuses before it has been asked is wrong usage, too. */
async function asUsage<Order>(read: () => Promise<Order>): Promise<Order> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof ProbeRefusal ? new UsageError(error.message) : error
  }
}

interface Told {
  /** A line each. */
  says: readonly Sentence[]
  exitCode: number
  withUsage: boolean
}

/** Undefined for errors that are ours to mend. */
function whatToSay(error: unknown): Told | undefined {
  if (error instanceof CommandError) return { says: error.says, exitCode: error.exitCode, withUsage: false }
  if (error instanceof ProbeRefusal) {
    return { says: [error.message], exitCode: exit.usage, withUsage: false }
  }
  if (error instanceof UsageError) return { says: error.says, exitCode: exit.usage, withUsage: true }
  // Those name the argument.
  if (isFromParseArgs(error)) {
    return { says: [sentenceOf(error.message)], exitCode: exit.usage, withUsage: true }
  }
  return undefined
}

const isFromParseArgs = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')

/** The last of these options that was given, since they exclude each other. */
export function lastOf<Name extends string>(
  { tokens }: { readonly tokens: readonly { readonly kind: string; readonly name?: string }[] },
  names: readonly Name[],
): Name | undefined {
  const given = tokens.flatMap(({ kind, name }) =>
    kind === 'option' ? names.filter((known) => known === name) : [],
  )
  return given.at(-1)
}

/** @throws UsageError that names the option and what it takes */
export function seconds(option: string, text: string, least: number, most: number): number {
  const value = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= least && value <= most)) {
    throw new UsageError(sentence`${option} takes ${least} to ${most} seconds, not “${text}”.`)
  }
  return value
}
