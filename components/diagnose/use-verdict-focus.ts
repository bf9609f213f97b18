'use client'
/** Where the focus goes when an answer comes: from the button or the box that asked for it to the verdict. */
import { useEffect } from 'react'

let asker: Element | null = null

/** To be called by what asks. */
export function expectVerdict(): void {
  asker = document.activeElement
}

/** Once it is answered; whoever went elsewhere meanwhile stays there. */
export function useVerdictFocus(isAnswered: boolean): void {
  useEffect(() => {
    if (!isAnswered || asker === null) return
    const { activeElement: now } = document
    const isStillThere = now === asker || now === document.body
    asker = null
    if (isStillThere) document.querySelector<HTMLElement>('[data-verdict]')?.focus()
  }, [isAnswered])
}
