/** What fingers meet: a screen that is touched, and what on it is too small for that. */
import type { CDPSession, Page } from 'playwright/test'

const leastPx = 44

const sessions = new WeakMap<Page, CDPSession>()

/** Whether `pointer: coarse` holds from now on. */
export async function setTouched(page: Page, enabled: boolean): Promise<void> {
  const session = sessions.get(page) ?? (await page.context().newCDPSession(page))
  sessions.set(page, session)
  await session.send('Emulation.setTouchEmulationEnabled', { enabled })
}

/** One line for each control that is lower than a finger is wide. Links amid text are as high as their line. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    // Under a dialog nothing is met.
    const controls = (document.querySelector('[role=dialog]') ?? document).querySelectorAll<HTMLElement>(
      'button, summary, select, textarea, input, [role=tab], [role=option]',
    )
    return [...controls].flatMap((control) => {
      const isMark = control.matches('[type=checkbox], [type=radio]')
      const target =
        (isMark || control.matches('input, textarea') ? control.closest('label') : null) ?? control
      if (!target.checkVisibility({ visibilityProperty: true }) || control.closest('[inert]')) return []
      const { width, height } = target.getBoundingClientRect()
      if (width === 0 || height >= least - 0.5) return []
      // What is drawn lower may be met higher up and lower down all the same.
      target.scrollIntoView({ block: 'center' })
      const { x, y } = target.getBoundingClientRect()
      const isMet = [y + height / 2 - least / 2 + 1, y + height / 2 + least / 2 - 1].every((at) => {
        const met = document.elementFromPoint(x + width / 2, at)
        return met !== null && (target.contains(met) || control.contains(met))
      })
      if (isMet) return []
      return [`${Math.round(width)} × ${Math.round(height)} ${target.outerHTML.slice(0, 160)}`]
    })
  }, leastPx)
}

/** How far the page is wider than its window, in pixels. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
