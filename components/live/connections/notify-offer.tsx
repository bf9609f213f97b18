'use client'
import { useLive } from '#components/core/live-core.ts'
import { canNotify } from '#components/shell/alerts.ts'
import { Button } from '#components/ui/button.tsx'
import { setNotifications } from './set-notifications.ts'

/** Asked once, where something was lost: the answer is remembered. */
export function NotifyOffer() {
  const asked = useLive((live) => live.preferences.settings.notifications !== 'not-asked')
  if (asked || !canNotify()) return null
  return (
    <span className="relative flex items-center gap-1.5">
      <Button size="small" onClick={() => void setNotifications(true)}>
        Notify me
      </Button>
      <Button look="quiet" size="small" onClick={() => void setNotifications(false)}>
        No notifications
      </Button>
    </span>
  )
}
