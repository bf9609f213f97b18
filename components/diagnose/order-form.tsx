'use client'
import { type FormEvent, useId, useState } from 'react'
import { useStore } from 'zustand'
import { useExperiment } from '#components/experiment/use-experiment.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field, fieldBox, fieldInput } from '#components/ui/field.tsx'
import { MASK } from '#lib/evidence/mask.ts'
import { isAddress } from './ask/address.ts'
import type { Attachment } from './ask/attachments.ts'
import { Box } from './ask/box.tsx'
import { broughtStore, forgetBrought, judgeBrought, whatWasAsked } from './ask/brought.ts'
import { forgetLink } from './ask/linked.ts'
import { recordedEvidence } from './recorded.ts'
import { cancelDiagnosis, diagnosisStore, forgetDiagnosis, startDiagnosis } from './run.ts'
import type { OrderForm as Form } from './use-order.ts'
import { expectVerdict } from './use-verdict-focus.ts'

const optionBox = 'grow max-sm:min-w-0 max-sm:flex-[1_1_44%]'
const wideBox = 'grow max-sm:w-full'

/** Only the reader knows what a recorder or a report cut out. */
const isCut = `Replace ${MASK} in the URL with the real value.`

/** The form "Diagnose": a URL that is probed, or anything else about a failure, which is read here. */
export function OrderForm({ form }: { form: Form }) {
  const experiment = useStore(diagnosisStore, ({ current }) => current?.experiment ?? null)
  const isBroughtJudged = useStore(broughtStore, ({ current }) => current.status === 'done')
  const isReading = useStore(broughtStore, ({ current }) => current.status === 'reading')
  const isAnswered =
    useExperiment(experiment, ({ judgement }) => judgement.status === 'done') || isBroughtJudged
  const isRunning = useExperiment(experiment, ({ judgement }) => judgement.status === 'probing')
  // What was asked elsewhere, such as on Live, stands here too.
  const [text, setText] = useState(() => form.url || whatWasAsked().text)
  const [isEdited, setEdited] = useState(false)
  const [isRefused, setRefused] = useState(false)
  const [wasAnswered, setWasAnswered] = useState(isAnswered)
  const problemId = useId()
  const [attachments, setAttachments] = useState<readonly Attachment[]>(() => whatWasAsked().files)
  const [known, setKnown] = useState(form.url)
  const { connection, problems, order, set } = form
  // What is asked anew, by an experiment, is no longer edited.
  if (isAnswered !== wasAnswered) {
    setWasAnswered(isAnswered)
    setEdited(false)
  }
  // A link, an example or a report has named another address.
  if (form.url !== known) {
    setKnown(form.url)
    if (form.url !== '') setText(form.url)
  }
  const isUrl = attachments.length === 0 && isAddress(text)
  const isMasked = isUrl && text.includes(MASK)
  const isEmpty = attachments.length === 0 && text.trim() === ''
  const problem = isEmpty
    ? 'Enter a URL, or paste what went wrong.'
    : isUrl
      ? (isMasked ? isCut : problems.url) || problems.hold
      : ''
  const isFolded = isAnswered && !isEdited

  const write = (value: string) => {
    setText(value)
    setRefused(false)
    const url = isAddress(value) ? value : ''
    setKnown(url)
    set({ url })
  }
  const diagnose = () => {
    if (isRunning) return
    setRefused(problem !== '')
    if (problem !== '') return
    expectVerdict()
    setEdited(false)
    forgetLink()
    if (form.recording !== null) set({ recording: null })
    if (isUrl && order !== null) {
      forgetBrought()
      startDiagnosis(order, connection === null ? undefined : recordedEvidence(connection, order.url))
    } else {
      forgetDiagnosis()
      void judgeBrought(text, attachments)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    diagnose()
  }
  return (
    <form
      aria-label="Diagnose"
      noValidate
      onSubmit={submit}
      className={cx(
        'rounded-box border border-line bg-panel',
        isFolded ? 'flex flex-wrap items-center gap-x-3 gap-y-2 p-2' : 'flex flex-col gap-2.5 p-3.5',
      )}
    >
      <Box
        text={text}
        onText={write}
        attachments={attachments}
        onAttach={setAttachments}
        problem={isRefused || (isUrl && text !== '') ? problem : ''}
        problemId={problemId}
        isFolded={isFolded}
        isReading={isReading}
        onEdit={() => setEdited(true)}
        isFirst={isEmpty}
      >
        {/* Two buttons, not one that changes: a click on Cancel would submit what it has become. */}
        {isRunning ? (
          <Button key="cancel" size="large" className="min-w-28" onClick={cancelDiagnosis}>
            Cancel
          </Button>
        ) : (
          <Button
            key="diagnose"
            type="submit"
            look={isFolded ? 'plain' : 'primary'}
            size="large"
            className="min-w-28"
          >
            {isFolded ? 'Run again' : 'Diagnose'}
          </Button>
        )}
      </Box>
      <p id={problemId} role="alert" className={cx('empty:hidden', isRefused ? 'text-dead' : 'text-waiting')}>
        {isRefused || isMasked ? problem : ''}
      </p>
      <Options form={form} isFolded={isFolded} />
    </form>
  )
}

/** Unfolds the form and leads to the message that the probe sends once it is open. */
export function focusFirstMessage(): void {
  // Whoever edits what was asked has the whole form.
  document.querySelector<HTMLElement>('form[aria-label="Diagnose"] textarea')?.focus()
  requestAnimationFrame(() => {
    const options = document.querySelector<HTMLDetailsElement>('details[data-options]')
    if (options === null) return
    options.open = true
    options.querySelector<HTMLElement>('[data-first-message]')?.focus()
  })
}

/** What the probe should do otherwise than a plain browser. */
function Options({ form, isFolded }: { form: Form; isFolded: boolean }) {
  const { problems, set } = form
  const { origin, direct, hold, subprotocols, send, headers } = form
  const count = [origin, direct, hold, subprotocols, send, headers].filter((value) => value !== '').length
  return (
    <details
      data-options
      key={isFolded ? 'folded' : 'whole'}
      open={count > 0 && !isFolded}
      className={cx('group', isFolded && 'max-md:hidden open:basis-full')}
    >
      <summary className="w-fit cursor-pointer text-soft hover:text-text">
        Options{count > 0 && ` (${count})`}
      </summary>
      <div className="flex flex-wrap gap-2 pt-2">
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
          title="Your server’s own address, without the proxy. Tested as well if the first attempt fails."
          value={form.direct}
          onChange={(event) => set({ direct: event.target.value })}
          boxClassName={cx(wideBox, 'w-72')}
        />
        <Field
          label="Stay idle for"
          unit="s"
          placeholder="0"
          inputMode="decimal"
          title="How long to keep the open connection idle, to see what closes it"
          value={form.hold}
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
          data-first-message
          title="Sent once open. Many servers drop clients that do not authenticate."
          value={form.send}
          onChange={(event) => set({ send: event.target.value })}
          boxClassName={cx(optionBox, 'w-56')}
        />
        <label
          className={cx(
            fieldBox,
            'min-h-[2.125rem] min-w-0 grow basis-80 max-sm:basis-full pointer-coarse:min-h-11',
          )}
        >
          <span className="shrink-0 text-faint">Headers</span>
          <textarea
            rows={1}
            value={form.headers}
            onChange={(event) => set({ headers: event.target.value })}
            placeholder="Authorization: Bearer …"
            title="Sent by the probe, one per line. Never added to this page’s URL; masked in reports."
            spellCheck={false}
            className={cx(fieldInput, 'field-sizing-content max-h-32 resize-none py-1.5')}
          />
        </label>
      </div>
    </details>
  )
}
