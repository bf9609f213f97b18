'use client'
import { liveActions, useLive } from '#components/core/live-core.ts'
import { beep, canNotify } from '#components/shell/alerts.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { setNotifications } from './set-notifications.ts'

/** How a drop is told while this page is not seen. */
export function AlertsDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const { notifications, sound } = useLive((live) => live.preferences.settings)
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Alerts"
      description="When a connection drops, the title of this tab says so. It can also show a notification or play a sound."
    >
      <div className="flex flex-col items-start gap-3">
        <Switch
          label="Notification while this tab is hidden"
          checked={notifications === 'on'}
          disabled={!canNotify()}
          onChange={(event) => void setNotifications(event.target.checked)}
        />
        {!canNotify() && (
          <p className="text-soft">Browsers allow notifications only over HTTPS and on localhost.</p>
        )}
        <Switch
          label="Sound"
          checked={sound}
          onChange={(event) => {
            liveActions.changeSettings({ sound: event.target.checked })
            if (event.target.checked) beep()
          }}
        />
      </div>
    </Dialog>
  )
}
