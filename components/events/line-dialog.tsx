'use client'
import { CopyButton } from '#components/ui/copy-button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { visible } from '#lib/text/foreign.ts'
import type { RawLine } from './imports/raw-line.ts'

/** One line of an imported log, whole. */
export function LineDialog({ line, onClose }: { line: RawLine; onClose: () => void }) {
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={`${visible(line.file)}:${line.number}`}
      className="w-[860px]"
    >
      <pre className="figures whitespace-pre-wrap wrap-anywhere">{visible(line.text)}</pre>
      <CopyButton text={() => line.text} what="Line" />
    </Dialog>
  )
}
