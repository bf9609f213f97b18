'use client'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useLive } from '#components/core/live-core.ts'
import { understandTarget } from '#lib/protocol/dialect.ts'
import { selectRecentUrls } from '#lib/store/selectors.ts'
import { hasPage } from './pages.ts'
import { PaletteItem } from './palette-item.tsx'

const verb = /^diagnose\s+/i

interface Props {
  typed: string
  then: (act: () => void) => () => void
}

/** The commands "Diagnose <url>": of what was typed, and of what was opened lately. They fill the form; a click probes. */
export function DiagnoseGroup({ typed, then }: Props) {
  const origin = useLive((live) => live.page.origin)
  const recent = useLive(selectRecentUrls)
  const router = useRouter()
  const asked = typed.replace(verb, '')
  const address = /[/:]/.test(asked) ? understandTarget(asked, origin) : null
  const urls = [...new Set([...(address?.ok ? [address.socketUrl] : []), ...recent])]
  if (urls.length === 0 || !hasPage('/diagnose')) return null
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
