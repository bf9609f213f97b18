import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

interface Props extends Omit<ComponentProps<'input'>, 'type' | 'role'> {
  label: string
  className?: string
}

/** On or off: a native checkbox with the role and look of a switch, its label to the right. */
export function Switch({ label, className, ...input }: Props) {
  return (
    <label
      className={cx(
        'inline-flex cursor-pointer items-center gap-2 pointer-coarse:min-h-11 text-code whitespace-nowrap text-soft has-disabled:cursor-not-allowed has-disabled:text-faint',
        className,
      )}
    >
      {/* biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox tells its state itself */}
      <input type="checkbox" role="switch" className="peer sr-only" {...input} />
      <span
        aria-hidden
        className={cx(
          'relative h-4 w-7 shrink-0 rounded-pill border border-edge bg-raised transition-colors duration-100',
          'after:absolute after:top-[2px] after:left-[2px] after:size-2.5 after:rounded-pill after:bg-faint after:transition-transform after:duration-100',
          'peer-checked:border-text peer-checked:bg-text peer-checked:after:translate-x-3 peer-checked:after:bg-panel',
          'peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-link',
        )}
      />
      {label}
    </label>
  )
}
