'use client'
import { useState } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Tabs } from '#components/ui/tabs.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { type CopyTool, copyAs, copyLabels, copyTools } from '#lib/text/copy-as.ts'

/** The same connection for other clients: the command is shown as it will be copied. */
export function CopyAsDialog({
  id,
  onOpenChange,
}: {
  id: ConnectionId
  onOpenChange: (open: boolean) => void
}) {
  const target = useLive(selectFacet(id, 'target'))
  const origin = useLive((live) => live.page.origin)
  const [tool, setTool] = useState<CopyTool>('wscat')
  if (target === undefined) return null
  const source = { url: target.url, subprotocols: target.subprotocols, origin }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Copy as"
      description="The same handshake from another client. This page’s Origin is included where the client supports it."
      className="w-[42.5rem]"
    >
      <Tabs
        label="Client"
        value={tool}
        onChange={(value) => setTool(copyTools.find((one) => one === value) ?? 'wscat')}
        tabs={copyTools.map((one) => ({
          value: one,
          label: copyLabels[one],
          content: <Command text={commandOf(one, source)} />,
        }))}
      />
    </Dialog>
  )
}

function Command({ text }: { text: string }) {
  return (
    <div className="flex flex-col gap-3">
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
        tabIndex={0}
        className="figures max-h-80 overflow-auto rounded-box border border-line bg-ground p-3"
      >
        {text}
      </pre>
      <div className="self-end">
        <CopyButton look="primary" text={text} what="Command" />
      </div>
    </div>
  )
}

// A URL that the browser refused is no WebSocket URL, and then there is no command for it.
function commandOf(tool: CopyTool, source: Parameters<typeof copyAs>[1]): string {
  try {
    return copyAs(tool, source)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
