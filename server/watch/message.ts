/** What a notice says, as its webhook carries it. */
import type { WatchNotice } from '#lib/api/watch.ts'
import { describeDuration } from '#lib/text/duration.ts'
import { sentence, sentences } from '#lib/text/foreign.ts'
import type { NoticeState } from '#server/watch/notices.ts'
import type { NoticeFacts } from '#server/watch/watch.ts'

/** @param base of the pages, for links; undefined where there are none */
export function noticeMessage(
  state: NoticeState,
  losses: number,
  { watch, url, since, loss }: NoticeFacts,
  base?: string,
): WatchNotice {
  const { at: _, report, ...facts } = loss ?? {}
  const verdict =
    loss?.cause === undefined ? [] : [sentence`${loss.cause} (${loss.certainty ?? 'possible'}).`]
  const says =
    state === 'down'
      ? sentences(sentence`${url} is down: ${loss?.says ?? 'it was lost'}.`, ...verdict)
      : sentence`${url} is up again${loss?.down_ms === undefined ? '' : `, after ${describeDuration(loss.down_ms)}`}.`
  return {
    type: `watch.${state}`,
    timestamp: new Date(since * 1000).toISOString(),
    text: losses > 1 ? sentences(says, sentence`It was lost ${losses} times meanwhile.`) : says,
    data: {
      ...(watch !== undefined && { watch }),
      url,
      state,
      since,
      losses,
      ...facts,
      ...(base !== undefined && {
        ...(watch !== undefined && { link: `${base}/watch?id=${watch}` }),
        ...(report !== undefined && { report: `${base}/reports/${report}` }),
      }),
    },
  }
}
