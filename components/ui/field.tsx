import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'

/** The box of an input with its label inside, to the left of the value. */
export const fieldBox =
  'flex min-w-0 items-center gap-2 rounded-box border border-edge bg-ground px-2.5 focus-within:border-link'

/** The input inside a {@link fieldBox}; the box shows the focus. */
export const fieldInput =
  'figures min-w-0 flex-1 bg-transparent outline-none disabled:text-faint aria-invalid:text-dead'

interface Props extends Omit<ComponentProps<'input'>, 'size'> {
  label: string
  /** The unit behind the value. */
  unit?: string
  /** What stands at the right end of the box: a key hint, a badge. */
  end?: ReactNode
  boxClassName?: string
  /** 34 px, or 26 px in the header of a panel. */
  size?: 'small' | 'large'
  /** Keeps the label for screen readers only, where the placeholder says it. */
  hideLabel?: boolean
}

/** A labelled text input, the label inside the box. */
export function Field({
  label,
  unit,
  end,
  boxClassName,
  hideLabel,
  size = 'large',
  className,
  ...input
}: Props) {
  return (
    <label
      className={cx(
        fieldBox,
        size === 'large' ? 'h-[2.125rem]' : 'h-[1.625rem]',
        'pointer-coarse:h-11',
        boxClassName,
      )}
    >
      <span className={hideLabel ? 'sr-only' : 'shrink-0 text-faint'}>{label}</span>
      <input className={cx(fieldInput, className)} autoComplete="off" spellCheck={false} {...input} />
      {unit !== undefined && <span className="figures text-faint">{unit}</span>}
      {end}
    </label>
  )
}
