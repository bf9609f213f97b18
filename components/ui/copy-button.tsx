'use client'
import { Button, type ButtonLook } from './button.tsx'
import { say } from './toast-queue.ts'

/** Copies text and says so, or says why it could not (a page on plain http has no clipboard). */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(`${what} copied.`)
  } catch {
    say(`Your browser blocked copying. Select the text and copy it yourself.`, 'dead')
  }
}

interface Props {
  /** What to copy, or how to make it when asked: long texts are made on the click. */
  text: string | (() => string)
  /** What the toast calls it: "Command", "Report". */
  what: string
  label?: string
  /** The accessible name where several such buttons stand on a page: "Copy curl". */
  name?: string
  look?: ButtonLook
  disabled?: boolean
}

/** A button that copies, and a toast that confirms. */
export function CopyButton({ text, what, label = 'Copy', name, look, disabled }: Props) {
  return (
    <Button
      look={look}
      aria-label={name}
      disabled={disabled}
      onClick={() => void copyText(typeof text === 'string' ? text : text(), what)}
    >
      {label}
    </Button>
  )
}
