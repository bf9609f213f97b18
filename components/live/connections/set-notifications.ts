import { liveActions } from '#components/core/live-core.ts'
import { askToNotify } from '#components/shell/alerts.ts'
import { say } from '#components/ui/toast-queue.ts'

/** Remembers the answer, so that nobody is asked twice. */
export async function setNotifications(wanted: boolean): Promise<void> {
  const isOn = wanted && (await askToNotify())
  liveActions.changeSettings({ notifications: isOn ? 'on' : 'off' })
  if (wanted && !isOn) say('Your browser blocks notifications from this page.', 'dead')
}
