/**
 * The theme: the system's unless the person chose. The choice lives in a cookie, because the server can then
 * write it into the page: no script before the first paint, and no flash.
 */
export const themes = ['system', 'dark', 'light'] as const
export type Theme = (typeof themes)[number]

export const themeCookie = 'why1006-theme'

export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}

/** The next theme of the switch: system, dark, light, and round again. */
export function nextTheme(theme: Theme): Theme {
  return themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system'
}
