import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import type { CommandPart, PlaybookCommand } from '#lib/checklist/commands.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { CheckRow } from './check-row.tsx'

/** How many checks a part has, for the room that they will take. */
const parts = {
  server: { title: 'Server', checks: 7 },
  proxy: { title: 'Proxy', checks: 1 },
  client: { title: 'Client', checks: 3 },
  network: { title: 'Network', checks: 5 },
} satisfies Record<CommandPart, { title: string; checks: number }>

export const partNames = Object.keys(parts) as CommandPart[]

interface Props {
  part: CommandPart
  /** Of every part; empty while the first answer is on its way. */
  items: readonly ChecklistItem[]
  commands: readonly PlaybookCommand[]
  isRunning: boolean
}

/** One part of the checklist: at the left what was found, at the right the commands to find it oneself. */
export function PartPanel({ part, items, commands, isRunning }: Props) {
  const { title, checks } = parts[part]
  const own = items.filter((item) => item.part === part)
  const fine = own.filter(({ outcome }) => outcome === 'ok').length
  return (
    <Panel title={title} id={part} note={own.length > 0 && `${fine} of ${own.length} fine`}>
      <div className="grid lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        {own.length === 0 && isRunning && <Skeleton lines={checks * 3} />}
        {own.length === 0 && !isRunning && <Empty>Not looked at.</Empty>}
        {own.length > 0 && (
          <ul aria-label={`${title}: checks`} aria-busy={isRunning} className={isRunning ? 'opacity-60' : ''}>
            {own.map((item) => (
              <CheckRow key={item.id} item={item} commands={commands} />
            ))}
          </ul>
        )}
        <ul aria-label={`${title}: commands`} className="border-line max-lg:border-t lg:border-l">
          {commands
            .filter((command) => command.part === part)
            .map((command) => (
              <CommandBlock key={command.id} command={command} />
            ))}
        </ul>
      </div>
    </Panel>
  )
}

/** One command, filled in for the URL at hand, with what a good answer looks like. */
function CommandBlock({ command: { id, title, says, text, isTried } }: { command: PlaybookCommand }) {
  return (
    <li
      id={`command-${id}`}
      className="scroll-mt-20 border-line px-3.5 py-3 not-first:border-t target:bg-raised"
    >
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 font-medium">{title}</h3>
        {!isTried && <Badge tone="unknown">not tried</Badge>}
        <div className="ml-auto">
          <CopyButton text={text} what={title} name={`Copy ${title}`} />
        </div>
      </div>
      <pre className="figures mt-1.5 rounded-box border border-line bg-ground px-2.5 py-2 whitespace-pre-wrap wrap-anywhere">
        {text}
      </pre>
      <p className="mt-1.5 text-soft">{says}</p>
    </li>
  )
}
