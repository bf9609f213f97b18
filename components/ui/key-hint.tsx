/** A key as it stands on the keyboard, beside what it does. Decorative: the shortcut has its own description. */
export function KeyHint({ children }: { children: string }) {
  return (
    <kbd
      aria-hidden
      className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-[4px] border border-edge px-1 font-sans text-tiny text-faint max-sm:hidden"
    >
      {children}
    </kbd>
  )
}
