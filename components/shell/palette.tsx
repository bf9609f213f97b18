'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { useShowOnLive } from '#components/core/selection.ts'
import { socketOrigin } from '#components/core/typed.ts'
import { isAddress } from '#components/diagnose/ask/address.ts'
import { say } from '#components/ui/toast-queue.ts'
import { understandTarget } from '#lib/applications/target.ts'
import { describeCloseCode } from '#lib/protocol/close-codes.ts'
import { ownEndpoints } from '#lib/protocol/own-endpoint.ts'
import { scenarioPath, scenarios } from '#lib/scenarios/catalogue.ts'
import { selectRecentUrls } from '#lib/store/selectors.ts'
import { furtherPages, pages } from './pages.ts'
import { ActionsGroup } from './palette-actions.tsx'
import { CausesGroup } from './palette-causes.tsx'
import { ErrorGroup } from './palette-error.tsx'
import { paletteFilter } from './palette-filter.ts'
import { PaletteItem } from './palette-item.tsx'
import { ReportsGroup } from './palette-reports.tsx'
import { SavedGroup } from './palette-saved.tsx'

interface PaletteProps {
  onOpenChange: (open: boolean) => void
  /** Opens the dialog of the support bundle. */
  onBundle: () => void
}

/**
 * The command palette: go to a page, act, open or diagnose a connection or an error message, return to a report, run a
 * scenario, explain a code, look up a cause.
 */
export function Palette({ onOpenChange, onBundle }: PaletteProps) {
  const [typed, setTyped] = useState('')
  const [pasted, setPasted] = useState<string | null>(null)
  const router = useRouter()
  const then = (act: () => void) => () => {
    onOpenChange(false)
    act()
  }
  return (
    <Base.Root open onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <Base.Popup className="fixed top-[12dvh] left-1/2 z-50 w-[35rem] max-w-[calc(100vw-1.5rem)] -translate-x-1/2 overflow-hidden rounded-box border border-edge bg-panel outline-none">
          <Base.Title className="sr-only">Command palette</Base.Title>
          <Command label="Commands" loop filter={paletteFilter}>
            <Command.Input
              value={typed}
              onValueChange={(value) => {
                setTyped(value)
                setPasted(null)
              }}
              onPaste={(event) => {
                const text = event.clipboardData.getData('text/plain').trim()
                if (!text.includes('\n')) return
                event.preventDefault()
                setTyped(text.slice(0, text.indexOf('\n')).trim())
                setPasted(text)
              }}
              autoFocus
              placeholder="Search, or paste a URL, a close code or an error message"
              className="h-11 w-full border-b border-line bg-transparent px-4 outline-none"
            />
            <Command.List className="max-h-[50dvh] overflow-y-auto p-1.5 **:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:py-1.5 **:[[cmdk-group-heading]]:text-tiny **:[[cmdk-group-heading]]:text-faint">
              <Command.Empty className="p-4 text-center text-soft">
                No match. Try a page, an action, a ws:// or wss:// URL, a close code, or paste an error
                message.
              </Command.Empty>
              <Command.Group heading="Pages">
                {[...pages, ...furtherPages].map((page) => (
                  <PaletteItem
                    key={page.href}
                    value={`go to ${page.label}`}
                    onSelect={then(() => router.push(page.href))}
                  >
                    {page.label}
                  </PaletteItem>
                ))}
              </Command.Group>
              <ActionsGroup then={then} onBundle={onBundle} />
              <OpenGroup typed={typed} then={then} />
              <SavedGroup then={then} />
              <DiagnoseGroup typed={typed} then={then} />
              <CodeGroup typed={typed} />
              <ReportsGroup then={then} />
              <ScenarioGroup then={then} />
              <CausesGroup typed={typed} then={then} />
              <ErrorGroup typed={typed} pasted={pasted} then={then} />
            </Command.List>
          </Command>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

const mayBeAddress = (typed: string): boolean => /[/:]/.test(typed) && isAddress(typed)

function OpenGroup({ typed, then }: { typed: string; then: (act: () => void) => () => void }) {
  const origin = useLive((live) => live.page.origin)
  const recent = useLive(selectRecentUrls)
  const showOnLive = useShowOnLive()
  const open = (url: string) => showOnLive(liveActions.open({ url }))
  const address = mayBeAddress(typed) ? understandTarget(typed, origin) : null
  const own = ownEndpoints.map((endpoint) => `${socketOrigin(origin)}${endpoint}`)
  const urls = [...new Set([...(address?.ok ? [address.socketUrl] : []), ...own, ...recent])]
  return (
    <Command.Group heading="Open a connection">
      <PaletteItem value="watch a heartbeat" onSelect={then(() => showOnLive(liveActions.watchHeartbeat()))}>
        Watch a heartbeat
      </PaletteItem>
      {urls.map((url) => (
        <PaletteItem
          key={url}
          value={`open ${url} ${url === (address?.ok && address.socketUrl) ? typed : ''}`}
          onSelect={then(() => open(url))}
        >
          <span className="figures truncate">{url}</span>
        </PaletteItem>
      ))}
    </Command.Group>
  )
}

function CodeGroup({ typed }: { typed: string }) {
  const number = /\b([1-4]\d{3})\b/.exec(typed)?.[1]
  if (number === undefined) return null
  const code = describeCloseCode(Number(number))
  const text = `${code.code} ${code.name}: ${code.meaning}`
  return (
    <Command.Group heading="Close code">
      <PaletteItem value={`close code ${number} ${typed}`} onSelect={() => say(text)}>
        <span className="figures text-text">{code.code}</span>
        <span>
          {code.name}: {code.meaning} {code.differs}
        </span>
      </PaletteItem>
    </Command.Group>
  )
}

const verb = /^diagnose\s+/i

interface Props {
  typed: string
  then: (act: () => void) => () => void
}

/** The commands "Diagnose <url>": of what was typed, and of what was opened lately. They fill the form; a click probes. */
function DiagnoseGroup({ typed, then }: Props) {
  const origin = useLive((live) => live.page.origin)
  const recent = useLive(selectRecentUrls)
  const router = useRouter()
  const asked = typed.replace(verb, '')
  const address = mayBeAddress(asked) ? understandTarget(asked, origin) : null
  const urls = [...new Set([...(address?.ok ? [address.socketUrl] : []), ...recent])]
  if (urls.length === 0) return null
  return (
    <Command.Group heading="Diagnose">
      {urls.map((url) => (
        <PaletteItem
          key={url}
          value={`diagnose ${url} ${address?.ok && url === address.socketUrl ? typed : ''}`}
          onSelect={then(() => router.push(`/diagnose?url=${encodeURIComponent(url)}`))}
        >
          <span className="shrink-0">Diagnose</span>
          <span className="figures truncate">{url}</span>
        </PaletteItem>
      ))}
    </Command.Group>
  )
}

/** The commands "Run scenario …": each leads to its page, where the first click begins. */
function ScenarioGroup({ then }: { then: (act: () => void) => () => void }) {
  const router = useRouter()
  return (
    <Command.Group heading="Scenarios">
      {scenarios.map((scenario) => (
        <PaletteItem
          key={scenario.id}
          value={`run scenario ${scenario.title}`}
          onSelect={then(() => router.push(scenarioPath(scenario)))}
        >
          <span className="shrink-0">Run scenario</span>
          <span className="truncate">{scenario.title}</span>
        </PaletteItem>
      ))}
    </Command.Group>
  )
}
