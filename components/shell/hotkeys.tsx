'use client'
import { Command as CommandIcon } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { bundleDialog } from '#components/bundle/dialogs.ts'
import { Icon } from '#components/ui/icon.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'
import { LazyDialog } from '#components/ui/lazy-view.tsx'
import { keysDialog, palette } from './dialogs.ts'

/** True where a key belongs to what is being typed. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio], [type=checkbox]), textarea, select'))
  )
}

/** True where a single key is a command: nothing is being typed, and no modifier makes it the browser's. */
export function isPlainKey(event: KeyboardEvent): boolean {
  return !isTyping(event.target) && !event.metaKey && !event.ctrlKey && !event.altKey
}

/** Whose keyboards have a ⌘ key; a server cannot know. */
const onApple = () => /Mac|iPhone|iPad/.test(navigator.platform)
const never = () => () => {}

/** The filter that / leads to; Escape leads out again, so that the other keys work. */
function isFilter(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches('[data-filter]')
}

/** The keys of every page: ⌘K or Ctrl+K opens the palette, ? lists the keys, / goes to the filter of the page. */
export function Hotkeys() {
  const [open, setOpen] = useState<'none' | 'palette' | 'keys' | 'bundle'>('none')
  useEffect(() => {
    const undo = new AbortController()
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        setOpen((now) => (now === 'palette' ? 'none' : 'palette'))
      } else if (event.key === 'Escape' && isFilter(event.target)) event.target.blur()
      else if (!isPlainKey(event)) return
      else if (event.key === '?') setOpen('keys')
      else if (event.key === '/') document.querySelector<HTMLElement>('[data-filter]')?.focus()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKeyDown, { signal: undo.signal })
    return () => undo.abort()
  }, [])
  const isApple = useSyncExternalStore(never, onApple, () => false)
  const onOpenChange = (isOpen: boolean) => setOpen((now) => (isOpen ? now : 'none'))
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen('palette')}
        className="flex h-8 pointer-coarse:h-11 items-center gap-1 rounded-box px-2.5 pointer-coarse:min-w-11 pointer-coarse:justify-center lg:flex-1 lg:pr-1 text-soft hover:bg-raised hover:text-text md:max-lg:justify-center md:max-lg:px-0"
      >
        <Icon of={CommandIcon} className="lg:hidden" />
        <span className="max-lg:sr-only">Commands</span>
        <span className="ml-auto max-lg:hidden">
          <KeyHint>{isApple ? '⌘K' : 'Ctrl K'}</KeyHint>
        </span>
      </button>
      {open === 'palette' && (
        <LazyDialog part={palette}>
          {(View) => <View onOpenChange={onOpenChange} onBundle={() => setOpen('bundle')} />}
        </LazyDialog>
      )}
      {open === 'bundle' && (
        <LazyDialog part={bundleDialog}>{(View) => <View onOpenChange={onOpenChange} />}</LazyDialog>
      )}
      {open === 'keys' && (
        <LazyDialog part={keysDialog}>{(View) => <View onOpenChange={onOpenChange} />}</LazyDialog>
      )}
    </>
  )
}
