/** Runs a command as the process would, and collects what it writes. */
import { Readable } from 'node:stream'
import type { Io } from '#server/cli/io.ts'

type Run = (args: readonly string[], io: Io) => Promise<number>

export function start(run: Run, args: readonly string[]) {
  const output = { stdout: '', stderr: '' }
  const control = new AbortController()
  let waiting: { text: RegExp; done: () => void } | undefined
  const sink = (name: 'stdout' | 'stderr') => ({
    write(text: string) {
      output[name] += text
      if (waiting?.text.test(output.stdout + output.stderr)) waiting.done()
    },
  })
  const code = run(args, {
    stdin: Readable.from([]),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    signal: control.signal,
  })
  /** Resolves when either stream says it. */
  const says = (text: RegExp) =>
    new Promise<void>((done) => {
      waiting = { text, done }
      if (text.test(output.stdout + output.stderr)) done()
    })
  return { output, code, says, interrupt: () => control.abort() }
}

export async function finish(run: Run, args: readonly string[]) {
  const { output, code } = start(run, args)
  const ended = await code
  return { ...output, code: ended }
}
