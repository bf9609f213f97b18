import { CopyButton } from '#components/ui/copy-button.tsx'
import { reproduceCommand } from '#lib/lab/reproduce-command.ts'
import { type LabOpening, labUrl } from './lab-connection.ts'

/** The fault for one's own client: its address here, and the command that does it on a port of its own. */
export function TakeAway({ opening }: { opening: LabOpening | null }) {
  const url = opening === null ? null : labUrl(opening)
  const command = opening === null ? null : reproduceCommand(opening.fault, opening.knobs ?? {})
  return (
    <ul className="flex flex-col gap-1.5">
      <Line name="URL" text={url} />
      <Line name="Command" text={command} />
    </ul>
  )
}

function Line({ name, text }: { name: string; text: string | null }) {
  return (
    <li className="flex items-center gap-2">
      <span className="sr-only">{name}</span>
      <span
        className="figures min-w-0 flex-1 truncate rounded-box bg-ground px-2 py-0.5 text-soft"
        title={text ?? undefined}
      >
        {text ?? '–'}
      </span>
      <CopyButton
        text={text ?? ''}
        what={name}
        label={`Copy ${name === 'URL' ? name : 'command'}`}
        disabled={text === null}
      />
    </li>
  )
}
