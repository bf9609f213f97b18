'use client'
import { Dialog } from '#components/ui/dialog.tsx'
import { KeyHint } from '#components/ui/key-hint.tsx'

const keys = [
  { keys: ['⌘K', 'Ctrl K'], does: 'Command palette' },
  { keys: ['j', 'k'], does: 'Select the next or previous connection' },
  { keys: ['x'], does: 'Add the connection to the selection, or take it out' },
  { keys: ['space'], does: 'Pause or resume the chart' },
  { keys: ['/'], does: 'Focus the filter' },
  { keys: ['↑', '↓'], does: 'Move between log rows. In the message box: earlier messages' },
  { keys: ['Enter'], does: 'Open a log row. In the message box: send' },
  { keys: ['End'], does: 'Jump to the newest log row and follow' },
  { keys: ['?'], does: 'Show this list' },
]

/** The list of keys that `?` opens. */
export function KeysDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open onOpenChange={onOpenChange} title="Keys">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {keys.map((row) => (
          <div key={row.does} className="contents">
            <dt className="flex gap-1">
              {row.keys.map((key) => (
                <KeyHint key={key} spoken>
                  {key}
                </KeyHint>
              ))}
            </dt>
            <dd className="text-soft">{row.does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
