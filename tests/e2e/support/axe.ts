/**
 * What axe finds on a page. It runs in the page itself and only its findings leave it: the usual builder opens a second
 * page and carries every element that passed through the DevTools protocol, ten times the work for the same answer.
 */
import axe, { type ImpactValue } from 'axe-core'
import type { Page } from 'playwright/test'

/** One line for each violation: the rule, and the elements that break it. Our pages have no frames to look into. */
export async function violationsOn(
  page: Page,
  impacts: readonly ImpactValue[] = ['minor', 'moderate', 'serious', 'critical'],
): Promise<string[]> {
  // Evaluated, not added as a script: the page's policy would refuse it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      resultTypes: ['violations'],
      iframes: false,
      rules: { 'target-size': { enabled: true } },
    })
    return violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html) }))
  })
  return found
    .filter(({ impact }) => impact === undefined || impacts.includes(impact))
    .map(({ id, where }) => `${id}: ${where.join(' | ')}`)
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
