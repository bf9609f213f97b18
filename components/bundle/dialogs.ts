import { lazyPart } from '#components/ui/lazy-view.tsx'

export const bundleDialog = lazyPart(() =>
  import('./bundle-dialog.tsx').then((module) => module.BundleDialog),
)
