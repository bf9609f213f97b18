/** A server of Debian's packages that is asked more than once: it starts once, and each question is a test. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ProbeOptions } from '#server/probe/probe.ts'
import { assertRight } from '#tests/parity/support/judge.ts'
import type { Expectation } from '#tests/parity/support/set-up.ts'
import { onStage, type Stage } from '#tests/parity/support/stage.ts'

export interface Listening {
  port: number
}

export interface Served {
  /** `uvicorn with wsproto`: unique, and the name of its tests. */
  server: string
  /** Files or folders without which it cannot run. */
  needs: readonly string[]
  start: (stage: Stage) => Promise<Listening>
  questions: readonly Question[]
}

export interface Question {
  /** Path and query. */
  ask: string
  /** What is wrong, for people; never part of the evidence. */
  fault: string
  options?: ProbeOptions
  expect: Expectation
}

/** @param fault what is wrong, for people */
export const asking = (
  ask: string,
  fault: string,
  expect: Expectation,
  more: Omit<Expectation, 'outcomes' | 'causes'> & { options?: ProbeOptions } = {},
): Question => {
  const { options, ...words } = more
  return { ask, fault, expect: { ...expect, ...words }, ...(options && { options }) }
}

export function testServed(
  { server, needs, start, questions }: Served,
  asked: ProbeOptions,
  problem: string | undefined,
): void {
  test(server, { concurrency: 6 }, async (t) => {
    const missing = needs.find((file) => !existsSync(file))
    if (missing !== undefined)
      return t.skip(`${missing} is not installed${problem === undefined ? '' : `; ${problem}`}`)
    await onStage(async (stage) => {
      const { port } = await start(stage)
      await Promise.all(
        questions.map(({ ask, fault, options, expect }) =>
          t.test(`${ask}: ${fault}`, () =>
            assertRight({ url: `ws://127.0.0.1:${port}${ask}`, ...(options && { options }) }, expect, asked),
          ),
        ),
      )
    })
  })
}

const FOLDER = fileURLToPath(new URL('../debian/servers/', import.meta.url))
/** A program of tests/parity/debian/servers. */
export const source = (file: string): string => path.join(FOLDER, file)

export const PYTHON = '/usr/bin/python3'
export const pythonModule = (name: string): string => `/usr/lib/python3/dist-packages/${name}`

/** Debian's Python, which finds the programs of that folder; `PORT` in an argument is the port. */
export const python =
  (...args: string[]) =>
  (stage: Stage): Promise<Listening> =>
    stage.program(({ port }) => ({
      command: PYTHON,
      args: args.map((arg) => arg.replace('PORT', String(port))),
      env: { PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: '1' },
    }))

/** Any other; `DIRECTORY` in an argument is its own. */
export const program =
  (command: string, args: readonly string[], files: Readonly<Record<string, string>> = {}) =>
  (stage: Stage): Promise<Listening> =>
    stage.program(({ port, directory }) => {
      const filled = (text: string) =>
        text.replaceAll('PORT', String(port)).replaceAll('DIRECTORY', directory)
      return {
        command,
        args: args.map(filled),
        files: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, filled(text)])),
        env: { HOME: directory, RACK_ENV: 'production', MOJO_MODE: 'production' },
      }
    })
