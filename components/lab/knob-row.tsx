import { type ReactNode, useId } from 'react'
import { cx } from '#components/ui/cx.ts'
import { fieldBox, fieldInput } from '#components/ui/field.tsx'
import { describeBounds, type KnobUnit } from '#lib/lab/knob.ts'
import type { KnobSetting } from './use-settings.ts'

const units = {
  seconds: 's',
  milliseconds: 'ms',
  bytes: 'B',
  'bytes per second': 'B/s',
  'close code': '',
} satisfies Record<KnobUnit, string>

/** What an address may hold of one knob, and far more than any knob takes. */
const mostCharacters = 300

/** One setting: what it does at the left, its control at the right, what is allowed below. */
export function SettingRow({
  id,
  says,
  note,
  problem,
  children,
}: {
  id: string
  says: string
  note: ReactNode
  problem: string | null
  children: ReactNode
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 max-sm:grid-cols-1">
      <label htmlFor={id} className="py-0.5">
        {says}
      </label>
      <div className="row-span-2 max-sm:row-span-1">{children}</div>
      <p
        id={`${id}-note`}
        aria-live="polite"
        className={cx('text-tiny', problem === null ? 'text-faint' : 'text-dead')}
      >
        {problem === null ? note : `Allowed: ${problem}`}
      </p>
    </div>
  )
}

interface Props {
  setting: KnobSetting
  onChange: (text: string) => void
}

/** A knob with the control that its definition calls for. */
export function KnobRow({ setting: { name, knob, text, problem }, onChange }: Props) {
  const id = useId()
  const described = { 'aria-describedby': `${id}-note`, 'aria-invalid': problem !== null }
  const note = (
    <>
      <code className="text-tiny">{name}</code>
      {knob.kind !== 'choice' && `, ${describeBounds(knob)}`}
    </>
  )
  return (
    <SettingRow id={id} says={knob.says} note={note} problem={problem}>
      {knob.kind === 'choice' ? (
        <select
          id={id}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          className={cx(fieldBox, 'figures h-[1.875rem] w-36 pointer-coarse:h-11 text-text max-sm:w-full')}
          {...described}
        >
          {!knob.choices.includes(text) && <option value={text}>{text.slice(0, 60)}</option>}
          {knob.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <span className={cx(fieldBox, 'h-[1.875rem] w-36 max-sm:w-full pointer-coarse:h-12')}>
          <input
            id={id}
            value={text}
            maxLength={mostCharacters}
            inputMode={knob.kind === 'number' ? 'decimal' : 'text'}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => onChange(event.target.value)}
            className={cx(fieldInput, 'pointer-coarse:h-full')}
            {...described}
          />
          {knob.kind === 'number' && <span className="figures text-faint">{units[knob.unit]}</span>}
        </span>
      )}
    </SettingRow>
  )
}
