import { Panel } from '#components/ui/panel.tsx'
import { Empty, Skeleton } from '#components/ui/panel-states.tsx'
import type { CommandPart, PlaybookCommand } from '#lib/checklist/commands.ts'
import type { ChecklistItem } from '#lib/checklist/item.ts'
import { CheckRow } from './check-row.tsx'
import { CommandBlock } from './command-block.tsx'

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
