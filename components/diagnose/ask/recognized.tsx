import { CircleCheck, CircleHelp } from 'lucide-react'
import { Icon } from '#components/ui/icon.tsx'
import type { Piece, SourceReading } from '#lib/intake/pieces.ts'
import { visible } from '#lib/text/foreign.ts'
import { kindNames, spanOf } from './piece-words.ts'

const mostShown = 6

/**
 * What the box holds, piece by piece, while it is being written. One line a piece, so that the box grows by little; the first
 * has its room before it is there.
 */
export function Recognized({ seen }: { seen: readonly SourceReading[] }) {
  const pieces = seen.flatMap(({ file, pieces: ofFile }) => ofFile.map((piece) => ({ file, piece })))
  const unread = seen.reduce((sum, { unread_count }) => sum + unread_count, 0)
  const hasFiles = seen.some(({ file }) => file !== 'paste')
  const more = pieces.length - mostShown
  return (
    <ul
      aria-label="Recognized"
      aria-live="polite"
      className="min-h-[2.3125rem] border-t border-line px-3 py-1.5"
    >
      {pieces.slice(0, mostShown).map(({ file, piece }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no names, and two may be alike
        <li key={at} className="flex items-center gap-2 py-0.5">
          <Icon of={CircleCheck} className="shrink-0 text-alive" />
          <span className="min-w-0 truncate">
            <span className="font-medium">{nameOf(piece)}</span>{' '}
            <span className="text-soft">
              {hasFiles && `${visible(file)}, `}
              {spanOf(piece.lines)}: {piece.says}
            </span>
          </span>
        </li>
      ))}
      {more > 0 && <li className="py-0.5 pl-6 text-soft">and {more} more</li>}
      {unread > 0 && (
        <li className="flex items-center gap-2 py-0.5 text-soft">
          <Icon of={CircleHelp} className="shrink-0 text-faint" />
          {unread === 1 ? '1 line' : `${unread} lines`} not understood
        </li>
      )}
    </ul>
  )
}

const nameOf = ({ kind, program }: Piece): string =>
  program === undefined ? kindNames[kind] : `${kindNames[kind]}, ${program}`
