'use client'
import type { ReactNode } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { Badge } from '#components/ui/badge.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Empty } from '#components/ui/panel-states.tsx'
import type { ConnectionId } from '#lib/store/connection/connection.ts'
import { selectFacet } from '#lib/store/selectors.ts'
import { ConnectionStory, useStateWords } from './connection-story.tsx'
import { RowSwitches } from './row-switches.tsx'

interface Props {
  id: ConnectionId | null
  /** What stands here while there is no connection: a sentence, and the button that opens one. */
  empty?: ReactNode
  className?: string
}

/** The region "Connection": one connection and nothing else, told as in the list of the Live page. */
export function ConnectionPanel({ id, empty, className }: Props) {
  const target = useLive(selectFacet(id, 'target'))
  const words = useStateWords(id)
  return (
    <Panel
      title="Connection"
      className={className}
      actions={
        words && (
          <span aria-live="polite" className="flex shrink-0">
            <Badge tone={words.tone}>{words.word}</Badge>
          </span>
        )
      }
    >
      {id === null || target === undefined || words === undefined ? (
        (empty ?? <Empty>Nothing is open yet.</Empty>)
      ) : (
        <div className="flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto px-3.5 py-2.5">
          <p className="figures break-all text-text" title={target.url}>
            {target.label}
          </p>
          <ConnectionStory id={id} words={words} />
          <div className="mt-auto pt-1.5">
            <RowSwitches id={id} />
          </div>
        </div>
      )}
    </Panel>
  )
}
