/**
 * A report as one page of HTML that needs nothing else: no script, no font, no request. It says what the page of
 * Why1006 says, in the same order, and carries its JSON.
 */
import { exportedJson } from '#lib/diagnosis/exported.ts'
import { answerParts } from '#lib/diagnosis/html/answer.ts'
import {
  excludedParts,
  pathParts,
  responseParts,
  retryParts,
  type Since,
  sinceParts,
} from '#lib/diagnosis/html/seen.ts'
import { STYLE } from '#lib/diagnosis/html/style.ts'
import type { StoredReport } from '#lib/diagnosis/stored-report.ts'
import { verdictTitle } from '#lib/diagnosis/verdict-title.ts'
import { joined, type Markup, markup } from '#lib/text/markup.ts'
import { reportBlock } from '#lib/text/report-block.ts'

/** Nothing is fetched, sent or run, whatever the text in it is. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

const FOOTER =
  'Made by Why1006. This file holds the whole report, with secrets masked. To open it in Why1006, drop it on the Reports page.'

const META = {
  viewport: 'width=device-width, initial-scale=1',
  'color-scheme': 'dark light',
  robots: 'noindex',
  generator: 'Why1006',
}

const metas = Object.entries(META).map(
  ([name, content]) => markup`<meta name="${name}" content="${content}">`,
)

/** @param since what has changed since an earlier one */
export function reportToHtml(stored: StoredReport, since: Since | undefined = stored.previous): string {
  const page = markup`<!doctype html>
<html lang="en">
<head>
${headParts(stored)}
</head>
<body>
${headerParts(stored)}
<main>
${mainParts(stored, since)}
</main>
<footer>${FOOTER}</footer>
${reportBlock(exportedJson(stored))}
</body>
</html>
`
  return page.html
}

const headParts = ({ report, url }: StoredReport): Markup => markup`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
${metas}
<title>${verdictTitle({ ...report, url })}</title>
${STYLE}`

function headerParts({ url, created, updated }: StoredReport): Markup {
  const added = updated === undefined ? undefined : markup`, evidence added ${timeOf(updated)}`
  return markup`<header>
<p class="mono url">${url ?? 'No URL in the evidence'}</p>
<p class="soft">${timeOf(created)}${added}</p>
</header>`
}

const mainParts = ({ report, evidence }: StoredReport, since: Since | undefined): Markup =>
  joined(
    [
      answerParts(report),
      sinceParts(since),
      pathParts(evidence, report.ending),
      responseParts(evidence),
      retryParts(evidence),
      excludedParts(report),
    ].filter((part) => part !== undefined),
  )

const timeOf = (seconds: number): Markup =>
  markup`<time datetime="${iso(seconds)}">${written(seconds)}</time>`

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** The reader’s zone is not known, and no script runs to find out. */
const written = (seconds: number): string =>
  iso(seconds)
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC')
