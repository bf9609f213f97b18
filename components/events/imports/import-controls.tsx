'use client'
import { Upload, X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { blobOf, withAttached } from '#components/diagnose/ask/attachments.ts'
import { useBroughtAnywhere } from '#components/diagnose/ask/use-brought-anywhere.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { formatBytes, plural } from '#components/ui/format.ts'
import { Icon } from '#components/ui/icon.tsx'
import { say } from '#components/ui/toast-queue.ts'
import { foreign } from '#lib/text/foreign.ts'
import type { Imports } from './imports.ts'
import { forgetImports, importLogs, stopImport } from './imports.ts'
import { unpacked } from './unpack.ts'

const thisYear = () => new Date().getFullYear()

async function bring(brought: readonly { name: string; content: Blob; year: number }[]): Promise<void> {
  const { attachments, leftOut } = withAttached([], brought)
  if (leftOut !== null) say(leftOut, 'dead')
  try {
    importLogs(
      await Promise.all(
        attachments.map(async ({ file, content }, index) => ({
          file,
          content: await unpacked(content),
          year: brought[index]?.year ?? thisYear(),
        })),
      ),
    )
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), 'dead')
  }
}

const bringFiles = (files: readonly File[]): Promise<void> =>
  bring(
    files.map((file) => ({
      name: file.name,
      content: file,
      year: new Date(file.lastModified).getFullYear(),
    })),
  )

/** "Import logs": chosen, dropped anywhere on the page, or pasted where no field has the focus. */
export function ImportButton() {
  const input = useRef<HTMLInputElement>(null)
  const isOver = useBroughtAnywhere({
    onFiles: (files) => void bringFiles(files),
    onText: async (text) => bring([{ name: 'pasted', content: await blobOf(text), year: thisYear() }]),
  })
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Log files"
        onChange={({ target }) => {
          void bringFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
      <Button
        size="large"
        onClick={() => input.current?.click()}
        className={isOver ? 'border-link' : undefined}
      >
        <Icon of={Upload} /> {isOver ? 'Drop to import' : 'Import logs'}
      </Button>
    </>
  )
}

/** How far the reading is, and what was read. @param children what is chosen of it */
export function ImportLine({ imports, children }: { imports: Imports; children: ReactNode }) {
  if (imports.status === 'none') return null
  const names = foreign(imports.files.join(', '), 120)
  return (
    <section
      aria-label="Imported logs"
      className="flex min-h-13 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-box border border-line bg-panel px-3.5 py-2 max-md:min-h-38 max-md:content-start"
    >
      <span className="font-semibold wrap-anywhere max-md:line-clamp-2 max-md:basis-full">{names}</span>
      <span role="status" className="min-w-0 flex-1 text-soft max-md:min-h-15 max-md:basis-full">
        {wordsOf(imports)}
      </span>
      {imports.status === 'reading' && (
        <>
          <progress
            aria-label="Read so far"
            className="h-1.5 w-40 accent-(--color-alive)"
            value={imports.progress?.bytes ?? 0}
            max={Math.max(1, imports.progress?.ofBytes ?? 1)}
          />
          <Button onClick={stopImport}>Stop</Button>
        </>
      )}
      {imports.status !== 'failed' && children}
      {imports.status !== 'reading' && (
        <IconButton label="Remove imported logs" onClick={forgetImports}>
          <Icon of={X} />
        </IconButton>
      )}
    </section>
  )
}

function wordsOf(imports: Exclude<Imports, { status: 'none' }>): string {
  if (imports.status === 'failed') return imports.says
  const { status, progress, overview } = imports
  if (status === 'reading') {
    const read =
      progress === null
        ? 'Reading'
        : `Read ${formatBytes(progress.bytes)} of ${formatBytes(progress.ofBytes)}`
    return overview === null ? read : `${read}, ${plural(overview.connections, 'connection')} so far`
  }
  if (overview === null) return ''
  const { connections, lines, understood, dropped } = overview
  const parts = [
    status === 'stopped' ? 'Stopped' : null,
    `${plural(connections, 'connection')} in ${plural(lines, 'line')}, with those of this server`,
    understood < lines ? `${plural(lines - understood, 'line')} not understood` : null,
    dropped > 0 ? `${plural(dropped, 'older connection')} not kept` : null,
    imports.isKept ? 'kept in this browser while the tab is open' : 'gone when you reload',
  ]
  return parts.filter((part) => part !== null).join('; ')
}
