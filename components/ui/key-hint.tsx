import { cx } from './cx.ts'

interface Props {
  children: string
  /** In a list of keys it is the content; beside a button it is decoration, unseen on phones and unheard. */
  spoken?: boolean
}

/** A key as it stands on the keyboard. */
export function KeyHint({ children, spoken = false }: Props) {
  return (
    <kbd
      aria-hidden={!spoken || undefined}
      className={cx(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-[4px] border border-edge px-1 font-sans text-tiny whitespace-nowrap text-faint',
        !spoken && 'max-sm:hidden',
      )}
    >
      {children}
    </kbd>
  )
}
