import { headerValue } from '#lib/evidence/headers.ts'
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'

/** A page in place of a 101: what serves the files of an application answers every path that it does not know so. */
export function webPage({ answer, probe }: Facts): Because[] {
  if (answer?.status !== 200) return []
  const isHtml =
    /\bhtml\b/i.test(headerValue(answer.headers, 'content-type') ?? '') ||
    /^\s{0,40}<(?:!doctype html|html|head|body)\b/i.test(probe?.evidence.http?.body_start ?? '')
  return isHtml
    ? [say('The answer is a web page (HTML), as of a server for files or a single-page app', 'probe.http')]
    : []
}
