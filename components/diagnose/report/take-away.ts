/** A report taken elsewhere. Secrets are masked in every form. */
import { shareLink } from '#components/api/share.ts'
import { copyText } from '#components/ui/copy-button.tsx'
import { download } from '#components/ui/download.ts'
import { exportedJson } from '#lib/diagnosis/exported.ts'
import { reportToHtml } from '#lib/diagnosis/html/document.ts'
import { storedToMarkdown } from '#lib/diagnosis/markdown.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'

export const copyMarkdown = (stored: StoredReport): Promise<void> =>
  copyText(storedToMarkdown(stored), 'Report')

export const copyLink = ({ id }: StoredReport): Promise<void> =>
  copyText(`${location.origin}/reports/${id}`, 'Link')

export const downloadJson = (stored: StoredReport): void =>
  download(`${exportedJson(stored, 2)}\n`, `${fileName(stored)}.json`, 'application/json')

/** For a colleague without the access token. */
export const shareReport = ({ id }: StoredReport): Promise<void> => shareLink({ report: id })

/** One file that needs nothing else, and can be imported again. */
export const downloadHtml = (stored: StoredReport): void =>
  download(reportToHtml(stored), `${fileName(stored)}.html`, 'text/html')

const fileName = ({ id }: StoredReport): string => `why1006-${id.slice(0, 8)}`
