'use client'
import { type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

interface Option<T extends string> {
  value: T
  label: ReactNode
  /** The accessible name where the label is too short to say it. */
  name?: string
}

interface Props<T extends string> {
  label: string
  options: readonly Option<T>[]
  value: T
  onChange: (value: T) => void
  className?: string
}

/** One of a few: native radio buttons that look like one box of segments. Arrow keys move between them. */
export function Segmented<T extends string>({ label, options, value, onChange, className }: Props<T>) {
  const name = useId()
  return (
    <fieldset
      className={cx(
        'flex h-[1.625rem] min-w-0 max-w-full overflow-x-auto rounded-box border border-edge p-px pointer-coarse:h-12',
        className,
      )}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cx(
            'flex cursor-pointer items-center rounded-[4px] px-2 text-code text-soft whitespace-nowrap hover:text-text',
            'has-checked:bg-raised has-checked:text-text has-focus-visible:outline-2 has-focus-visible:outline-link',
          )}
        >
          <input
            type="radio"
            className="sr-only"
            name={name}
            aria-label={option.name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
