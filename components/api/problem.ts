/** What a request that failed is to the pages, whatever the reason: a code for programs, two sentences for people. */
import type { Problem } from '#lib/api/problem.ts'

/** Its own message is the whole problem in one line, for whoever knows errors alone. */
export class ProblemError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(inOneLine(problem))
    this.name = 'ProblemError'
    this.problem = problem
  }
}

const checkServer = 'Check that it is still running, then try again.'

/** No HTTP answer at all. */
export const unreachable: Problem = {
  error: 'unreachable',
  message: 'The Why1006 server did not answer.',
  remedy: checkServer,
}

/** A stream that ended too early. */
export const cutOff: Problem = {
  error: 'cut_off',
  message: 'The Why1006 server’s answer ended before it was complete.',
  remedy: checkServer,
}

/** Another body than the contract has: no JSON, or JSON of another version. */
export const unreadable: Problem = {
  error: 'unreadable',
  message: 'The answer is not what the Why1006 server sends.',
  remedy: 'Reload this page. If that does not help, look at what the proxy in front of the server answers.',
}

/** A refusal without a body of ours: a proxy's page, mostly. */
export const refusedWith = (status: number): Problem => ({
  error: 'refused',
  message: `The answer was HTTP ${status}, without a reason that this page can read.`,
  remedy: 'Try again. If it stays, look at the logs of the Why1006 server and of the proxy in front of it.',
})

/** The problem behind whatever was thrown. What no request threw is this page's own fault. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  return { error: 'unexpected', message: `This page failed: ${error}.`, remedy: 'Reload it, then try again.' }
}

/** Where there is room for one line. */
export const inOneLine = ({ message, remedy }: Problem): string => `${message} ${remedy}`
