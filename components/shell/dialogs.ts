import { lazyPart } from '#components/ui/lazy-view.tsx'

/** The dialogs of every page, each loaded when it first opens. */
export const palette = lazyPart(() => import('./palette.tsx').then((module) => module.Palette))
export const keysDialog = lazyPart(() => import('./keys-dialog.tsx').then((module) => module.KeysDialog))
