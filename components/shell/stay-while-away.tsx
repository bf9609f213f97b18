import { useEffect } from 'react'
import { useLive } from '#components/core/live-core.ts'
import { say } from '#components/ui/toast-queue.ts'
import { selectServer } from '#lib/store/selectors.ts'

/**
 * While the server is away a link would replace the page, and all its connections, by an error page of the browser. It
 * stays, and says why. Another tab, or whoever holds a key that asks for one, is left alone.
 */
export function StayWhileAway() {
  const isAway = useLive((live) => selectServer(live).status === 'unreachable')
  useEffect(() => {
    if (!isAway) return
    const stay = (event: MouseEvent) => {
      if (!leavesThePage(event)) return
      event.preventDefault()
      event.stopPropagation()
      say('The Why1006 server does not answer, so this page stays open. Its connections go on.')
    }
    document.addEventListener('click', stay, { capture: true })
    return () => document.removeEventListener('click', stay, { capture: true })
  }, [isAway])
  return null
}

function leavesThePage({ target, button, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href]') : null
  if (link === null || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return false
  if (link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return false
  return link.pathname !== location.pathname
}
