'use client'
import { parseAsString, useQueryState } from 'nuqs'
import { useId } from 'react'
import { Badge } from '#components/ui/badge.tsx'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Field } from '#components/ui/field.tsx'
import { understandTarget } from '#lib/applications/target.ts'
import { commandsFor } from '#lib/checklist/commands.ts'
import { type Change, isUntried } from '#lib/text/fix.ts'

interface Props {
  /** Ids of commands. */
  commands: readonly string[]
  /** What to write where. */
  changes?: readonly Change[]
}

const example = 'wss://app.example/ws'

/** The same step at the reader's own server: what to change, and the commands for their URL. */
export function OwnServer({ commands, changes = [] }: Props) {
  const [url, setUrl] = useQueryState('url', parseAsString.withOptions({ history: 'replace', shallow: true }))
  const problemId = useId()
  const address = understandTarget(url ?? example, location.origin)
  const all = commandsFor({ url: address.ok ? address.socketUrl : example })
  return (
    <details className="mt-2.5">
      <summary className="w-fit text-link hover:underline">On your own server</summary>
      <div className="mt-2 flex flex-col gap-2.5">
        <Field
          label="Your URL"
          value={url ?? ''}
          placeholder={example}
          inputMode="url"
          aria-invalid={!address.ok}
          aria-describedby={problemId}
          onChange={({ target: { value } }) => void setUrl(value === '' ? null : value)}
        />
        <p id={problemId} className="text-dead empty:hidden">
          {address.ok ? '' : address.says}
        </p>
        <ul className="flex flex-col gap-2.5">
          {changes.map((change) => (
            <Block
              key={change.where + change.text}
              title={change.where}
              text={change.text}
              isTried={!isUntried(change)}
            />
          ))}
          {commands.flatMap((id) => {
            const command = all.find((candidate) => candidate.id === id)
            return command ? [<Block key={id} {...command} />] : []
          })}
        </ul>
      </div>
    </details>
  )
}

interface BlockProps {
  title: string
  text: string
  says?: string
  isTried?: boolean
}

function Block({ title, text, says, isTried = true }: BlockProps) {
  return (
    <li>
      <div className="flex items-center gap-2">
        <h4 className="min-w-0 truncate font-medium" title={title}>
          {title}
        </h4>
        {!isTried && <Badge tone="unknown">untested</Badge>}
        <div className="ml-auto">
          <CopyButton text={text} what={title} name={`Copy ${title}`} />
        </div>
      </div>
      <pre className="figures mt-1 rounded-box border border-line bg-ground px-2.5 py-1.5 whitespace-pre-wrap wrap-anywhere">
        {text}
      </pre>
      {says !== undefined && <p className="mt-1 text-soft">{says}</p>}
    </li>
  )
}
