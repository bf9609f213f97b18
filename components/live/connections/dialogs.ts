import { lazyPart } from '#components/ui/lazy-view.tsx'

export const alertsDialog = lazyPart(() =>
  import('./alerts-dialog.tsx').then((module) => module.AlertsDialog),
)
/** The dialogs of a connection's row, each loaded when it first opens. */
export const closeDialog = lazyPart(() => import('./close-dialog.tsx').then((module) => module.CloseDialog))
export const copyAsDialog = lazyPart(() =>
  import('./copy-as-dialog.tsx').then((module) => module.CopyAsDialog),
)
export const pagePingsDialog = lazyPart(() =>
  import('./page-pings-dialog.tsx').then((module) => module.PagePingsDialog),
)
