/** What was set, as far as it was brought: configurations, and the timers and versions of TLS of programs. */
import { pageAddressIn } from '#lib/applications/page-address.ts'
import { type Timer, timerIn } from '#lib/applications/timers.ts'
import { type TlsVersionSet, tlsVersionIn } from '#lib/applications/tls-versions.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import { nameOfProgram } from '#lib/intake/configurations/names.ts'
import type { Pieces } from '#lib/intake/pieces.ts'

/** Of the configurations together, in characters: a large one of nginx has one or two million. */
const LONGEST_CONFIGURATION = 4 * 1024 * 1024
/** More of them say no more. */
const MOST_TIMERS = 100
const MOST_TLS_VERSIONS = 20

export type Settings = ReturnType<typeof createSettings>

export function createSettings() {
  /** Of the first program that has any. */
  let program = ''
  const texts = new Set<string>()
  let length = 0
  const timers: Timer[] = []
  const tlsVersions: TlsVersionSet[] = []
  let toldPage: string | undefined

  /** False where it is too much. */
  function keep(of: string, text: string): boolean {
    if (program === '') program = of
    if (program !== of || texts.has(text)) return true
    if (length + text.length > LONGEST_CONFIGURATION) return false
    texts.add(text)
    length += text.length + 1
    return true
  }

  return {
    configuration(of: string, text: string, lines: [number, number], pieces: Pieces): void {
      const says = keep(of, text)
        ? `${nameOfProgram(of)} configuration`
        : 'more of configurations than is judged: the limit is 4 MiB'
      pieces.add({ kind: 'configuration', program: of, lines, says })
    },

    /** What a line of source code sets; false where it sets nothing that is read. */
    line(text: string, number: number, pieces: Pieces): boolean {
      const lines: [number, number] = [number, number]
      const timer = timerIn(text)
      if (timer !== undefined) {
        if (timers.length < MOST_TIMERS) timers.push(timer)
        const says = `${timer.name} is ${timer.ms / 1000} s`
        pieces.add({ kind: 'configuration', program: timer.program, lines, says })
      }
      const pinned = tlsVersionIn(text)
      if (pinned !== undefined) {
        if (tlsVersions.length < MOST_TLS_VERSIONS) tlsVersions.push(pinned)
        pieces.add({ kind: 'configuration', lines, says: `a version of TLS: ${pinned.name}` })
      }
      const page = pageAddressIn(text)
      if (page !== undefined) {
        toldPage ??= page.origin
        pieces.add({ kind: 'configuration', lines, says: `the address of the pages: ${page.name}` })
      }
      return timer !== undefined || pinned !== undefined || page !== undefined
    },

    /** A person tells where the page is. */
    foundPage(origin: string): void {
      toldPage ??= origin
    },

    /** Where the pages are, as far as a setting tells: a page that was watched knows better. */
    page: (): Evidence => (toldPage === undefined ? {} : { target: { page_told: toldPage } }),

    evidence(): Evidence {
      return {
        ...(texts.size > 0 && { proxy: { kind: program, config: [...texts].join('\n') } }),
        ...(timers.length + tlsVersions.length > 0 && {
          application: {
            ...(timers.length > 0 && { timers }),
            ...(tlsVersions.length > 0 && { tls_versions: tlsVersions }),
          },
        }),
      }
    },
  }
}
