'use client'
import { type ReactNode, useState } from 'react'
import { chooseStack, useStackChoice } from '#components/core/stack-choice.ts'
import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { DiffBlock, type DiffLine } from '#components/ui/diff-block.tsx'
import { isUntried } from '#lib/text/fix.ts'
import {
  applyingOf,
  type ChangeLike,
  type End,
  endOfChange,
  isCommand,
  stackName,
  stackOf,
} from '#lib/text/stack-names.ts'

type OneChange = ChangeLike & {
  readonly seen?: boolean | undefined
  readonly where: string
  readonly text: string
  readonly diff?: readonly DiffLine[] | undefined
}

interface Props {
  changes: readonly OneChange[]
  /** For programs that the evidence does not show. */
  others?: readonly OneChange[] | undefined
  /** What runs the same again, once the change is made. */
  check?: ReactNode
}

const ends = ['proxy', 'server', 'client'] as const satisfies End[]
const endNames = { proxy: 'Proxy', server: 'Server', client: 'Client' } satisfies Record<End, string>

/**
 * What to change, for the reader's own programs: recognized from the evidence, else as they chose, else the first there
 * is. The first block is open; the others, and those for other programs, are folded.
 */
export function FixStacks({ changes, others = [], check }: Props) {
  const remembered = useStackChoice()
  const [picked, setPicked] = useState<{ [E in End]?: string }>({})
  const all = [...changes, ...others]
  const stacks = ends.map((end) => stackAt(end, all, picked[end], remembered[end]))
  const isMine = (change: OneChange) => {
    const end = endOfChange(change)
    return end === undefined || stacks.some((each) => each.end === end && each.chosen === stackOf(change))
  }
  const mine = all.filter(isMine)
  const rest = all.filter((change) => !isMine(change))
  const pick = (end: End, stack: string) => {
    setPicked({ ...picked, [end]: stack })
    chooseStack(end, stack)
  }
  return (
    <>
      <StackStrip stacks={stacks} onPick={pick} />
      {mine.map((change, at) => (
        <ChangeBlock key={change.where + change.text} change={change} isOpen={at === 0} />
      ))}
      {rest.length > 0 && (
        <details className="border-t border-line">
          <summary className="cursor-pointer px-3.5 py-2 text-soft hover:text-text">
            Other programs: {[...new Set(rest.map((change) => stackName(stackOf(change))))].join(', ')}
          </summary>
          {rest.map((change) => (
            <ChangeBlock key={change.where + change.text} change={change} isOpen={false} />
          ))}
        </details>
      )}
      {check !== undefined && (
        <div className="flex items-center gap-3 border-t border-line px-3.5 py-2.5">
          <span className="min-w-0 flex-1 text-soft">Once it is changed, check it.</span>
          {check}
        </div>
      )}
    </>
  )
}

interface StackAt {
  end: End
  /** In the order of the changes. */
  offered: string[]
  chosen: string | undefined
  /** The evidence shows the chosen one. */
  isSeen: boolean
}

function stackAt(end: End, all: readonly OneChange[], picked?: string, remembered?: string): StackAt {
  const here = all.filter((change) => endOfChange(change) === end)
  const offered = [...new Set(here.map(stackOf))]
  const seen = here.filter((change) => change.seen).map(stackOf)
  const chosen =
    [picked, seen[0], remembered].find((stack) => stack !== undefined && offered.includes(stack)) ??
    offered[0]
  return { end, offered, chosen, isSeen: chosen !== undefined && seen.includes(chosen) }
}

/** "nginx detected · Node ws ▾": what is taken for the reader's own, and how to say otherwise. */
function StackStrip({
  stacks,
  onPick,
}: {
  stacks: readonly StackAt[]
  onPick: (end: End, stack: string) => void
}) {
  const shown = stacks.filter(({ offered, isSeen }) => offered.length > 1 || isSeen)
  if (shown.length === 0) return null
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1.5 border-t border-line px-3.5 py-2">
      <legend className="sr-only">Your stack</legend>
      {shown.map(({ end, offered, chosen, isSeen }) => (
        <span key={end} className="flex items-center gap-2">
          <span aria-hidden={offered.length > 1} className="text-faint">
            {endNames[end]}
          </span>
          {offered.length === 1 ? (
            <span className="font-medium">{stackName(offered[0] ?? '')}</span>
          ) : (
            <select
              aria-label={endNames[end]}
              value={chosen}
              onChange={(event) => onPick(end, event.target.value)}
              className="h-[1.625rem] rounded-box border border-edge bg-raised px-1.5 text-code font-medium text-text pointer-coarse:h-11"
            >
              {offered.map((stack) => (
                <option key={stack} value={stack}>
                  {stackName(stack)}
                </option>
              ))}
            </select>
          )}
          {isSeen && <Badge tone="alive">detected</Badge>}
        </span>
      ))}
    </fieldset>
  )
}

/** One place where it can be changed: where, the change, and how it comes into effect. */
function ChangeBlock({ change, isOpen }: { change: OneChange; isOpen: boolean }) {
  const { where, text } = change
  const applying = applyingOf(change)
  return (
    <section aria-label={where} className="border-t border-line">
      <details open={isOpen} className="group">
        <summary className="flex cursor-pointer items-center gap-1 px-3.5 py-2 text-soft group-open:text-text hover:text-text">
          <h3 className="min-w-0 flex-1 wrap-anywhere">{where}</h3>
          {isUntried(change) && <Badge tone="unknown">untested</Badge>}
        </summary>
        <div className="border-t border-line bg-ground">
          {isCommand(change) ? (
            <pre className="figures px-3.5 py-2.5 whitespace-pre-wrap wrap-anywhere">{text}</pre>
          ) : (
            <DiffBlock lines={change.diff ?? linesOf(text)} label={`Change: ${where}`} wraps />
          )}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-3.5 py-2">
          <CopyButton text={text} what="Fix" name={`Copy the change for ${where}`} />
          {applying && (
            <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-soft">
              {applying.says}
              {applying.command === undefined ? (
                '.'
              ) : (
                <>
                  <code className="figures text-text wrap-anywhere">{applying.command}</code>
                  <CopyButton
                    look="quiet"
                    text={applying.command}
                    what="Command"
                    name={`Copy ${applying.command}`}
                  />
                </>
              )}
            </span>
          )}
        </div>
      </details>
    </section>
  )
}

const linesOf = (text: string): DiffLine[] =>
  text.split('\n').map((line) => ({ number: null, sign: '+', text: line }))
