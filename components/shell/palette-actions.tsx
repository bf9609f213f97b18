'use client'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useStore } from 'zustand'
import { exportHar } from '#components/core/export-har.ts'
import { live, liveActions, useLive } from '#components/core/live-core.ts'
import { useSelectedId } from '#components/core/selection.ts'
import { shownReport } from '#components/core/shown-report.ts'
import { setEventsPaused, toggleChartPause, viewState } from '#components/core/view-state.ts'
import { startDiagnosis } from '#components/diagnose/run.ts'
import { copyText } from '#components/ui/copy-button.tsx'
import { download } from '#components/ui/download.ts'
import { USUAL_HOLD_SECONDS } from '#lib/protocol/hold.ts'
import { isOver } from '#lib/store/connection/connection-state.ts'
import { exportLines } from '#lib/store/connection/export-lines.ts'
import type { LiveState } from '#lib/store/live-state.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { PaletteItem } from './palette-item.tsx'
import { themes } from './theme.ts'
import { chooseTheme } from './theme-choice.ts'

interface Props {
  then: (act: () => void) => () => void
}

const countOver = ({ connections }: LiveState): number =>
  Object.values(connections).filter(({ state }) => isOver(state)).length

/** What can be done from wherever one is: with the connections, the report on the screen, and the page. */
export function ActionsGroup({ then, onBundle }: Props & { onBundle: () => void }) {
  return (
    <Command.Group heading="Actions">
      <ReportActions then={then} />
      <HoldAction then={then} />
      <ConnectionActions then={then} />
      <Action name="Support bundle…" act={onBundle} />
      <Action name="Copy the link to this page" act={then(() => void copyText(location.href, 'Link'))} />
      {themes.map((theme) => (
        <Action key={theme} name={`Theme: ${theme}`} act={then(() => chooseTheme(theme))} />
      ))}
    </Command.Group>
  )
}

function Action({ name, detail, act }: { name: string; detail?: string; act: () => void }) {
  return (
    <PaletteItem value={`${name} ${detail ?? ''}`.trim()} onSelect={act}>
      <span className="shrink-0">{name}</span>
      {detail !== undefined && <span className="figures truncate">{detail}</span>}
    </PaletteItem>
  )
}

function ReportActions({ then }: Props) {
  const stored = useStore(shownReport, ({ current }) => current)
  if (stored === null) return null
  // Where a report is shown, this is loaded already.
  const take = (act: keyof typeof import('#components/diagnose/report/take-away.ts')) =>
    then(() => void import('#components/diagnose/report/take-away.ts').then((module) => module[act](stored)))
  return (
    <>
      <Action name="Copy the link to this report" act={take('copyLink')} />
      <Action name="Share this report read-only" act={take('shareReport')} />
      <Action name="Copy this report as Markdown" act={take('copyMarkdown')} />
      <Action name="Export this report as HTML" act={take('downloadHtml')} />
      <Action name="Export this report as JSON" act={take('downloadJson')} />
    </>
  )
}

/** Holds the URL of the report, else of the selected connection. */
function HoldAction({ then }: Props) {
  const router = useRouter()
  const id = useSelectedId()
  const selected = useLive(selectFacet(id, 'target'))?.url
  const url = useStore(shownReport, ({ current }) => current?.url) ?? selected
  if (url === undefined) return null
  const hold = () => {
    startDiagnosis({ url, hold_seconds: USUAL_HOLD_SECONDS })
    router.push(`/diagnose?${new URLSearchParams({ url, hold: String(USUAL_HOLD_SECONDS) })}`)
  }
  return <Action name={`Hold idle for ${USUAL_HOLD_SECONDS} s`} detail={url} act={then(hold)} />
}

function ConnectionActions({ then }: Props) {
  const id = useSelectedId()
  const label = useLive(selectFacet(id, 'target'))?.label
  const count = useLive(({ connectionIds }) => connectionIds.length)
  const over = useLive(countOver)
  const chartPaused = useStore(viewState, (view) => view.chartPaused)
  const eventsPaused = useStore(viewState, (view) => view.eventsPaused)
  const exportMessages = () =>
    download(
      exportLines(id === null ? [] : (live.store.getState().connections[id]?.log ?? [])),
      `messages-${new Date().toISOString().replaceAll(':', '-')}.jsonl`,
      'application/jsonl',
    )
  return (
    <>
      {over < count && <Action name="Close all connections" act={then(() => liveActions.closeAll())} />}
      {over > 0 && <Action name="Reconnect all" act={then(() => liveActions.reconnectAll())} />}
      {over > 0 && <Action name="Remove closed connections" act={then(() => liveActions.removeAll())} />}
      {count > 0 && <Action name="Export connections as HAR" act={then(() => void exportHar())} />}
      {label !== undefined && (
        <Action name="Export messages as JSON lines" detail={label} act={then(exportMessages)} />
      )}
      {count > 0 && (
        <Action name={chartPaused ? 'Resume the chart' : 'Pause the chart'} act={then(toggleChartPause)} />
      )}
      {count > 0 && (
        <Action
          name={eventsPaused ? 'Resume server events' : 'Pause server events'}
          act={then(() => setEventsPaused(!eventsPaused))}
        />
      )}
    </>
  )
}
