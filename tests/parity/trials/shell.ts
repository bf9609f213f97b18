/** Commands of the checklist as a person pastes them, each in a shell of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

/** Longer than any command takes on a busy machine; one that says what it should is ended at once. */
const patienceMs = 20_000

export const has = (program: string): boolean =>
  spawnSync('bash', ['-c', 'command -v "$0"', program]).status === 0

export const isRoot = process.getuid?.() === 0

/** The tests run as root, or leave out what only root may do. */
export const withoutSudo = (text: string): string => text.replace(/^sudo /gm, '')

/** Runs until the output matches, as somebody who then presses Ctrl-C; resolves with all that was printed. */
export function untilSaid(
  program: string,
  args: readonly string[],
  expected: RegExp,
  cwd?: string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    // A group of its own, which a signal reaches whole, as from a terminal.
    const child = spawn(program, args, {
      detached: true,
      cwd,
      env: { ...process.env, PYTHONUNBUFFERED: '1' },
    })
    const timer = setTimeout(() => endGroup(child), patienceMs)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
        if (expected.test(output)) endGroup(child)
      })
    }
    child.on('error', reject)
    child.on('close', () => {
      clearTimeout(timer)
      if (expected.test(output)) resolve(output)
      else reject(new Error(`${program} did not say ${expected}, but:\n${output}`))
    })
  })
}

export const pasted = (text: string, expected: RegExp, cwd?: string): Promise<string> =>
  untilSaid('bash', ['-c', text], expected, cwd)

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
