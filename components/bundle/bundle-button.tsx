'use client'
import { type ComponentProps, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { LazyDialog } from '#components/ui/lazy-view.tsx'
import { bundleDialog } from './dialogs.ts'

/** Opens the dialog in which a support bundle is looked at and made. */
export function BundleButton({ size }: Pick<ComponentProps<typeof Button>, 'size'>) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button size={size} onClick={() => setOpen(true)}>
        Support bundle…
      </Button>
      {isOpen && <LazyDialog part={bundleDialog}>{(View) => <View onOpenChange={setOpen} />}</LazyDialog>}
    </>
  )
}
