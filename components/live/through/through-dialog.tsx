'use client'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { useSelect } from '#components/core/selection.ts'
import { focusRow } from '#components/live/connections/list/list-state.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field, fieldInput } from '#components/ui/field.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { understandTarget } from '#lib/applications/target.ts'
import type { ThroughDraft } from './draft.ts'
import { emptyForm, readForm, type ThroughForm } from './extras.ts'
import { openThrough } from './open-through.ts'

interface Props {
  draft: ThroughDraft
  onOpenChange: (isOpen: boolean) => void
}

/** The form "Connect through Why1006": a connection with what a browser may not send. */
export function ThroughDialog({ draft, onOpenChange }: Props) {
  const pageOrigin = useLive((live) => live.page.origin)
  const select = useSelect()
  const [url, setUrl] = useState(draft.url)
  const [subprotocols, setSubprotocols] = useState(draft.subprotocols.join(', '))
  const [form, setForm] = useState(emptyForm)
  const [problem, setProblem] = useState('')
  const set = (change: Partial<ThroughForm>) => setForm((before) => ({ ...before, ...change }))

  const connect = (event: FormEvent) => {
    event.preventDefault()
    const address = understandTarget(url, pageOrigin)
    if (!address.ok) return setProblem(address.says)
    const reading = readForm(form)
    if (!reading.ok) return setProblem(reading.says)
    const id = openThrough(address.socketUrl, subprotocols.split(/[\s,]+/).filter(Boolean), reading.extras)
    select(id)
    focusRow(id)
    onOpenChange(false)
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Connect through Why1006"
      description="The Why1006 server opens this connection, with what a browser cannot send. It sees ping and pong frames too. What you enter stays in this tab and is not logged."
      className="w-[40rem]"
    >
      <form onSubmit={connect} noValidate className="flex flex-col gap-2.5">
        <Field label="URL" value={url} onChange={(event) => setUrl(event.target.value)} />
        <div className="grid gap-2.5 sm:grid-cols-2">
          <Field
            label="Subprotocols"
            placeholder="none"
            value={subprotocols}
            onChange={(event) => setSubprotocols(event.target.value)}
          />
          <Field
            label="Origin"
            placeholder="the server’s own"
            title="The Origin header; none for no such header"
            value={form.origin}
            onChange={(event) => set({ origin: event.target.value })}
          />
        </div>
        <Field
          label="Cookie"
          placeholder="sid=…; theme=dark"
          value={form.cookie}
          onChange={(event) => set({ cookie: event.target.value })}
        />
        <Area
          label="Headers"
          placeholder="Authorization: Bearer …"
          value={form.headers}
          onChange={(headers) => set({ headers })}
        />
        <Certificate form={form} set={set} />
        <div className="flex items-center gap-3">
          <p role="alert" className="min-w-0 flex-1 text-dead">
            {problem}
          </p>
          <Button type="submit" look="primary" size="large">
            Connect
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function Certificate({ form, set }: { form: ThroughForm; set: (change: Partial<ThroughForm>) => void }) {
  return (
    <details>
      <summary className="w-fit cursor-pointer text-soft hover:text-text">Certificates</summary>
      <div className="flex flex-col gap-2.5 pt-2.5">
        <div className="grid gap-2.5 sm:grid-cols-2">
          <Area
            label="Client certificate"
            placeholder="-----BEGIN CERTIFICATE-----"
            value={form.cert}
            onChange={(cert) => set({ cert })}
            withFile
          />
          <Area
            label="Its key"
            placeholder="-----BEGIN PRIVATE KEY-----"
            value={form.key}
            onChange={(key) => set({ key })}
            withFile
          />
        </div>
        <div className="grid gap-2.5 sm:grid-cols-2">
          <Field
            label="Passphrase"
            type="password"
            placeholder="none"
            value={form.passphrase}
            onChange={(event) => set({ passphrase: event.target.value })}
          />
          <Switch
            label="Accept an invalid certificate"
            checked={form.insecure}
            onChange={(event) => set({ insecure: event.target.checked })}
          />
        </div>
        <Area
          label="Trust this authority too"
          placeholder="-----BEGIN CERTIFICATE-----"
          value={form.ca}
          onChange={(ca) => set({ ca })}
          withFile
        />
      </div>
    </details>
  )
}

interface AreaProps {
  label: string
  placeholder: string
  value: string
  onChange: (value: string) => void
  /** A file may be chosen in place of pasting. */
  withFile?: boolean
}

/** Several lines of text. */
function Area({ label, placeholder, value, onChange, withFile = false }: AreaProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col rounded-box border border-edge bg-ground focus-within:border-link">
      <div className="flex items-center justify-between gap-2 px-2.5 pt-1">
        <label htmlFor={id} className="text-faint">
          {label}
        </label>
        {withFile && <ChooseFile label={label} onText={onChange} />}
      </div>
      <textarea
        id={id}
        rows={2}
        className={`${fieldInput} resize-y px-2.5 pb-1.5`}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}

/** No certificate is longer. */
const mostFileBytes = 64 * 1024

function ChooseFile({ label, onText }: { label: string; onText: (text: string) => void }): ReactNode {
  return (
    <label className="cursor-pointer text-code text-link hover:underline has-focus-visible:outline-2 has-focus-visible:outline-link">
      Choose file
      <input
        type="file"
        className="sr-only"
        aria-label={`${label}: choose file`}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined && file.size <= mostFileBytes) void file.text().then(onText)
        }}
      />
    </label>
  )
}
