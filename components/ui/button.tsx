import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

const looks = {
  primary: 'border-transparent bg-text text-ground hover:bg-soft',
  plain: 'border-edge bg-raised text-text hover:border-faint',
  quiet: 'border-transparent text-soft hover:bg-raised hover:text-text',
  danger: 'border-edge bg-raised text-dead hover:border-dead',
} satisfies Record<ButtonLook, string>

const sizes = {
  small: 'h-6 px-2 gap-1 text-tiny',
  medium: 'h-[1.625rem] px-[9px] gap-1.5 text-code',
  large: 'h-[2.125rem] px-[14px] gap-2 text-body',
}

/** The classes of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'plain', size: keyof typeof sizes = 'medium'): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center rounded-box border font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 disabled:opacity-50 pointer-coarse:min-h-11',
    looks[look],
    sizes[size],
  )
}

interface Props extends ComponentProps<'button'> {
  look?: ButtonLook
  size?: keyof typeof sizes
}

/** A button of one of four looks; `primary` is the one strong element of a page. Never submits unless told. */
export function Button({ look, size, className, type = 'button', ...rest }: Props) {
  return <button type={type} className={cx(buttonClass(look, size), className)} {...rest} />
}

/** A square button that shows an icon alone; `label` is its accessible name and its tooltip. */
export function IconButton({ label, className, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(
        'inline-flex size-[1.625rem] shrink-0 items-center justify-center rounded-box text-soft transition-colors duration-100',
        'hover:bg-raised hover:text-text disabled:opacity-50 aria-pressed:text-text pointer-coarse:size-11',
        className,
      )}
      {...rest}
    />
  )
}
