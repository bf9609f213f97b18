import { CircleCheck, CircleHelp } from 'lucide-react'
import { Icon } from '#components/ui/icon.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { SourceReading } from '#lib/intake/pieces.ts'
import { kindNames, spanOf } from './piece-words.ts'

/** The panel "What was read": each piece, and the lines that were not understood. */
export function WhatWasRead({ read }: { read: readonly SourceReading[] }) {
  const hasFiles = read.length > 1 || read[0]?.file !== 'paste'
  return (
    <Panel title="What was read">
      {read.map(({ file, pieces, unread, unread_count: count }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was added later may have one name
        <ul key={at} className="border-line not-first:border-t" aria-label={file}>
          {hasFiles && <li className="figures px-3.5 pt-2.5 text-faint wrap-anywhere">{file}</li>}
          {pieces.map((piece, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names, and two of one archive have the same lines
            <li key={at} className="flex gap-2.5 px-3.5 py-2">
              <Icon of={CircleCheck} className="mt-0.5 shrink-0 text-alive" />
              <span className="min-w-0">
                {kindNames[piece.kind]}
                {piece.program !== undefined && <span className="text-faint"> · {piece.program}</span>}
                <span className="block text-soft">
                  {spanOf(piece.lines)}: {piece.says}
                </span>
              </span>
            </li>
          ))}
          {unread.map(({ line, text }) => (
            <li key={line} className="flex gap-2.5 px-3.5 py-2 text-soft">
              <Icon of={CircleHelp} className="mt-0.5 shrink-0 text-faint" />
              <span className="min-w-0">
                line {line}: not understood
                <span className="figures block text-faint wrap-anywhere">{text}</span>
              </span>
            </li>
          ))}
          {count > unread.length && (
            <li className="px-3.5 py-2 text-faint">and {count - unread.length} more lines</li>
          )}
        </ul>
      ))}
    </Panel>
  )
}
