'use client'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { savedStore, setSecret } from '#components/core/saved-sets.ts'
import { useSelect } from '#components/core/selection.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { Switch } from '#components/ui/switch.tsx'
import type { SavedConnection, SavedSet, SavedVariable } from '#lib/store/saved/sets.ts'
import { fill, variablesIn } from '#lib/store/saved/variables.ts'
import { openSaved } from './open-set.ts'

interface Props {
  set: SavedSet
  onChange: (set: SavedSet) => void
  onExport: () => void
  onDelete: () => void
  onOpened: () => void
}

/** One set: its variables, its connections, and what can be done with it. Each change is kept at once. */
export function SetEditor({ set, onChange, onExport, onDelete, onOpened }: Props) {
  const secrets = useStore(savedStore, (saved) => saved.secrets[set.name]) ?? {}
  const select = useSelect()
  const [problem, setProblem] = useState('')
  const variables = withAllNamed(set)

  const open = () => {
    const filled = fill({ ...set, variables }, secrets)
    if (!filled.ok) return setProblem(`Give ${filled.missing.join(', ')} a value first.`)
    const opened = openSaved(filled.connections)
    if (!opened.ok) return setProblem(opened.says)
    const [first] = opened.ids
    if (first !== undefined) select(first)
    onOpened()
  }
  const changeVariable = (name: string, change: Partial<SavedVariable>) =>
    onChange({
      ...set,
      variables: variables.map((each) => (each.name === name ? { ...each, ...change } : each)),
    })
  const changeConnection = (at: number, change: SavedConnection) =>
    onChange({ ...set, connections: set.connections.map((each, index) => (index === at ? change : each)) })

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Field
        label="Name"
        value={set.name}
        maxLength={120}
        onChange={(event) =>
          event.target.value.trim() !== '' && onChange({ ...set, name: event.target.value })
        }
      />
      {variables.length > 0 && (
        <fieldset className="flex min-w-0 flex-col gap-1.5">
          <legend className="pb-1 text-code font-medium text-faint">Variables</legend>
          {variables.map(({ name, value = '', secret = false }) => (
            <div key={name} className="flex items-center gap-2">
              <Field
                label={name}
                type={secret ? 'password' : 'text'}
                placeholder={secret ? 'not saved' : 'no value'}
                value={secret ? (secrets[name] ?? '') : value}
                onChange={(event) =>
                  secret
                    ? setSecret(set.name, name, event.target.value)
                    : changeVariable(name, { value: event.target.value })
                }
                boxClassName="flex-1"
              />
              <Switch
                label="Secret"
                title="Its value stays in this tab and is in no export"
                checked={secret}
                onChange={(event) => {
                  if (event.target.checked) setSecret(set.name, name, value)
                  changeVariable(name, { secret: event.target.checked, value: '' })
                }}
              />
            </div>
          ))}
        </fieldset>
      )}
      <fieldset className="flex min-w-0 flex-col gap-1.5">
        <legend className="pb-1 text-code font-medium text-faint">Connections</legend>
        {set.connections.map((connection, at) => (
          <ConnectionFields
            // A set has no ids: the place of a connection is what it is.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={at}
            connection={connection}
            number={at + 1}
            onChange={(change) => changeConnection(at, change)}
            onRemove={() =>
              onChange({ ...set, connections: set.connections.filter((_, index) => index !== at) })
            }
          />
        ))}
        <Button
          look="quiet"
          size="small"
          className="self-start"
          onClick={() =>
            onChange({ ...set, connections: [...set.connections, { url: 'wss://{{host}}/ws' }] })
          }
        >
          <Icon of={Plus} size={14} /> Add a connection
        </Button>
      </fieldset>
      <div className="flex flex-wrap items-center gap-1.5">
        <p role="status" className="min-w-0 flex-1 text-dead">
          {problem}
        </p>
        <Button look="quiet" onClick={onDelete}>
          Delete set
        </Button>
        <Button onClick={onExport}>Export set</Button>
        <Button look="primary" disabled={set.connections.length === 0} onClick={open}>
          Open all
        </Button>
      </div>
    </div>
  )
}

/** Those of the set, and whatever else its connections name. */
function withAllNamed({ variables = [], connections }: SavedSet): SavedVariable[] {
  const known = new Set(variables.map(({ name }) => name))
  const named = variablesIn(connections).filter((name) => !known.has(name))
  return [...variables, ...named.map((name) => ({ name, value: '' }))]
}

interface FieldsProps {
  connection: SavedConnection
  number: number
  onChange: (connection: SavedConnection) => void
  onRemove: () => void
}

function ConnectionFields({ connection, number, onChange, onRemove }: FieldsProps) {
  const { url, subprotocols = [], through, auto_reconnect, speak } = connection
  const more = [
    ...(subprotocols.length > 0 ? [`subprotocols ${subprotocols.join(', ')}`] : []),
    ...(auto_reconnect ? ['reconnects'] : []),
    ...(speak ? ['speaks its protocol'] : []),
    ...(through ? [throughWords(through)] : []),
  ]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2">
      <Field
        label={`URL ${number}`}
        value={url}
        onChange={(event) =>
          event.target.value !== '' && onChange({ ...connection, url: event.target.value })
        }
      />
      <IconButton label={`Remove connection ${number}`} onClick={onRemove}>
        <Icon of={Trash2} size={14} />
      </IconButton>
      {more.length > 0 && (
        <p
          className="truncate px-2.5 text-code text-faint"
          title={(through?.headers ?? []).join('\n') || undefined}
        >
          {more.join(' · ')}
        </p>
      )}
    </div>
  )
}

function throughWords({ headers = [] }: NonNullable<SavedConnection['through']>): string {
  return headers.length === 0
    ? 'through Why1006'
    : `through Why1006 with ${headers.map((line) => line.slice(0, line.indexOf(':'))).join(', ')}`
}
