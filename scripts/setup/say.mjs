/** Progress goes to stderr: stdout belongs to the command that runs. */

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * Runs one step and prints one line for it, with the seconds it took.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const startedAt = performance.now()
  const inPlace = process.stderr.isTTY
  if (inPlace) process.stderr.write(`${what} …`)
  try {
    const result = await work()
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    process.stderr.write(`${inPlace ? '\r' : ''}${what}: ${seconds} s\n`)
    return result
  } catch (error) {
    process.stderr.write(`${inPlace ? '\r' : ''}${what}: failed\n`)
    throw error
  }
}

/** An error whose message is all that a person needs: printed without a stack. */
export class Refusal extends Error {
  /**
   * @param {string} message what went wrong and what to do
   * @param {number} [exitCode]
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

export const noSpace = 'No space left on device. Free some and run it again.'

/**
 * Whether a program's output or an error's message tells of a full disk, in the words of libc, Node or Rust.
 * @param {string} text
 */
export const isAboutSpace = (text) => /\bENOSPC\b|\bno space left on device\b|\bos error 28\b/i.test(text)
