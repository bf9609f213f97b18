/** The address of an application's pages, as its environment has it: `APP_URL=https://app.example`. */
import { isLoopback } from '#lib/protocol/host.ts'

/** Laravel, Next, Nuxt, NextAuth, Rails and Django projects, and the names that people give it. */
const SET =
  /^\s{0,8}(?:export |- |ENV )?["']?((?:(?:NEXT_PUBLIC|NUXT_PUBLIC|VITE|REACT_APP|PUBLIC)_)?(?:APP|SITE|BASE|WEB|PUBLIC|FRONTEND|CLIENT|ROOT|NEXTAUTH|AUTH|ASSET)_URL)["']?\s{0,4}[=:]\s{0,4}["']?(https?:\/\/[^\s"'#,;]{1,300})/

export type PageAddress = { readonly name: string; readonly origin: string }

/** Undefined where a line sets none, or one of a machine where somebody develops. */
export function pageAddressIn(line: string): PageAddress | undefined {
  const [, name = '', value = ''] = line.length > 400 ? [] : (SET.exec(line) ?? [])
  const url = value === '' ? null : URL.parse(value)
  if (url === null || isLoopback(url.hostname) || !url.hostname.includes('.')) return undefined
  return { name, origin: url.origin }
}
