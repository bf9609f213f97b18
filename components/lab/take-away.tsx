import { useStore } from 'zustand'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { reproduceCommand } from '#lib/lab/reproduce-command.ts'
import { faultUrl, type LabOpening } from './fault-trial.ts'
import { runStore } from './run.ts'

/**
 * The fault for one's own client: its address here, and the command that does it on a port of its own.
 * @param proxyLabel the real proxy that is chosen; null: simulated
 */
export function TakeAway({ opening, proxyLabel }: { opening: LabOpening | null; proxyLabel: string | null }) {
  const proxyUrl = useStore(runStore, (run) =>
    run.status === 'running' && run.fault === opening?.fault && run.proxy?.label === proxyLabel
      ? run.proxy?.url
      : undefined,
  )
  const isAwaited = proxyLabel !== null && proxyUrl === undefined
  const command = opening === null ? null : reproduceCommand(opening.fault, opening.knobs ?? {})
  const url = opening === null || isAwaited ? null : faultUrl(opening, proxyUrl ?? null)
  return (
    <ul className="flex flex-col gap-1.5">
      <Line name="URL" text={url} until={isAwaited ? 'The proxy has an address once it runs.' : '–'} />
      <Line name="Command" text={command} until="–" />
    </ul>
  )
}

/** @param until what stands in place of a text that does not exist yet */
function Line({ name, text, until }: { name: string; text: string | null; until: string }) {
  return (
    <li className="flex items-center gap-2">
      <span className="sr-only">{name}</span>
      <span
        className="figures min-w-0 flex-1 truncate rounded-box bg-ground px-2 py-0.5 text-soft"
        title={text ?? undefined}
      >
        {text ?? until}
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
