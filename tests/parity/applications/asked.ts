/** Set-ups of one server from tests/parity/applications/servers, asked once. */
import type { ProbeOptions } from '#server/probe/probe.ts'
import type { Expectation, SetUp } from '#tests/parity/support/set-up.ts'

export interface Asked extends Expectation {
  /** Options of the server, as its file takes them. */
  with?: object
  /** The server works in a directory of its own, named before its options. */
  inDirectory?: true
  /** Path and query of the address; an address of its own with `PORT`. */
  at: string
  options?: ProbeOptions
  /** A page that is fetched before: a development server is slow until it has compiled one. */
  after?: string
}

/** @param file of the server, without its ending */
export const asked =
  (file: string) =>
  (
    id: string,
    fault: string,
    { with: settings, inDirectory, at, options, after, ...expect }: Asked,
  ): SetUp => ({
    id: `${file} ${id}`,
    fault,
    ...((options?.holdSeconds ?? 0) > 30 && { long: true }),
    build: async (stage) => {
      const args = settings === undefined ? [] : [JSON.stringify(settings)]
      const { port } = await (inDirectory
        ? stage.serverIn(`${file}.mjs`, ...args)
        : stage.server(`${file}.mjs`, ...args))
      if (after !== undefined) await fetch(`http://127.0.0.1:${port}${after}`).then((page) => page.text())
      const url = at.startsWith('/') ? `ws://127.0.0.1:${port}${at}` : at.replace('PORT', String(port))
      return { url, ...(options && { options }) }
    },
    expect,
  })
