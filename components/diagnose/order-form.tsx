'use client'
import { type FormEvent, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { useExperiment } from '#components/experiment/use-experiment.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field, fieldBox, fieldInput } from '#components/ui/field.tsx'
import { recordedEvidence } from './recorded.ts'
import { cancelDiagnosis, diagnosisStore, startDiagnosis } from './run.ts'
import type { OrderForm as Form } from './use-order.ts'

const optionBox = 'max-sm:min-w-0 max-sm:flex-[1_1_44%]'
const wideBox = 'max-sm:w-full'

/** The form "Diagnose": the URL, and what the probe should do otherwise than a plain browser. Enter probes. */
export function OrderForm({ form }: { form: Form }) {
  const experiment = useStore(diagnosisStore, ({ current }) => current?.experiment ?? null)
  const isRunning = useExperiment(experiment, ({ judgement }) => judgement.status === 'probing')
  const urlInput = useRef<HTMLInputElement>(null)
  const { url, connection, problems, order, set } = form
  useEffect(() => urlInput.current?.setCustomValidity(problems.url), [problems.url])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (order === null || isRunning) return
    startDiagnosis(order, connection === null ? undefined : recordedEvidence(connection, order.url))
  }
  return (
    <form
      aria-label="Diagnose"
      onSubmit={submit}
      className="flex flex-col gap-2.5 rounded-box border border-line bg-panel p-3.5"
    >
      <div className="flex gap-2 max-sm:flex-col">
        <label className={cx(fieldBox, 'h-[42px] flex-1 max-sm:flex-none')}>
          <span className="sr-only">WebSocket URL</span>
          <input
            ref={urlInput}
            value={url}
            onChange={(event) => set({ url: event.target.value })}
            placeholder="wss://app.example.com/ws"
            inputMode="url"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            aria-invalid={url !== '' && problems.url !== ''}
            className={cx(fieldInput, 'text-lead')}
          />
        </label>
        {/* Two buttons, not one that changes: a click on Cancel would submit what it has become. */}
        {isRunning ? (
          <Button key="cancel" size="large" className="h-[42px] min-w-28" onClick={cancelDiagnosis}>
            Cancel
          </Button>
        ) : (
          <Button key="diagnose" type="submit" look="primary" size="large" className="h-[42px] min-w-28">
            Diagnose
          </Button>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Field
          label="Origin"
          placeholder="the target’s own"
          title="The Origin header that the probe sends; none for no such header"
          value={form.origin}
          onChange={(event) => set({ origin: event.target.value })}
          boxClassName={cx(wideBox, 'w-60')}
        />
        <Field
          label="Direct URL"
          placeholder="behind the proxy"
          title="The backend behind the proxy: tried too when the first attempt fails"
          value={form.direct}
          onChange={(event) => set({ direct: event.target.value })}
          boxClassName={cx(wideBox, 'w-72')}
        />
        <Field
          label="Hold in silence"
          unit="s"
          placeholder="0"
          inputMode="decimal"
          title="How long the open connection is kept without a byte, to see who cuts it"
          value={form.hold}
          ref={(input) => input?.setCustomValidity(problems.hold)}
          aria-invalid={problems.hold !== ''}
          onChange={(event) => set({ hold: event.target.value })}
          boxClassName={cx(optionBox, 'w-44')}
        />
        <Field
          label="Subprotocols"
          placeholder="none"
          value={form.subprotocols}
          onChange={(event) => set({ subprotocols: event.target.value })}
          boxClassName={cx(optionBox, 'w-48')}
        />
        <Field
          label="First message"
          placeholder="none"
          title="Sent once it is open: many servers drop whoever does not authenticate"
          value={form.send}
          onChange={(event) => set({ send: event.target.value })}
          boxClassName={cx(optionBox, 'w-56')}
        />
        <label className={cx(fieldBox, 'min-h-[34px] min-w-0 basis-80 grow max-sm:basis-full')}>
          <span className="shrink-0 text-faint">Headers</span>
          <textarea
            rows={1}
            value={form.headers}
            onChange={(event) => set({ headers: event.target.value })}
            placeholder="Authorization: Bearer …"
            title="Sent by the probe, one a line; kept out of the address of this page and masked in the report"
            spellCheck={false}
            className={cx(fieldInput, 'field-sizing-content max-h-32 resize-none py-1.5')}
          />
        </label>
      </div>
    </form>
  )
}
