/** What stands above the experiments, wherever a report is printed. */
import type { Report } from '#lib/diagnosis/report.ts'

const TITLES = {
  healthy: 'Does it drop later?',
  fault: 'To be sure',
  undetermined: 'To decide, do one of these',
} as const satisfies Record<Report['outcome'], string>

export const nextTitle = (outcome: Report['outcome']): string => TITLES[outcome]
