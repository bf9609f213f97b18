'use client'
import { type ChangeEvent, useEffect, useState } from 'react'
import { fetchBundleSizes, makeBundle } from '#components/api/bundle.ts'
import { problemOf } from '#components/api/problem.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Dialog } from '#components/ui/dialog.tsx'
import { downloadBlob } from '#components/ui/download.ts'
import { formatBytes } from '#components/ui/format.ts'
import { Skeleton } from '#components/ui/panel-states.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import type { Problem } from '#lib/api/problem.ts'
import { type BundlePart, type BundlePartSize, bundleName, partWords } from '#lib/bundle/format.ts'
import { visible } from '#lib/text/foreign.ts'

const ranges = { hour: 3600, day: 86_400, week: 7 * 86_400, all: null } as const
type Range = keyof typeof ranges

const rangeOptions = [
  { value: 'hour', label: '1 h', name: 'the last hour' },
  { value: 'day', label: '1 day', name: 'the last day' },
  { value: 'week', label: '1 week', name: 'the last week' },
  { value: 'all', label: 'All' },
] as const

const mostFiles = 20
const mostFileBytes = 32 * 1024 * 1024

/** The dialog "Support bundle": what goes in, with its size, before it is made. */
export function BundleDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const [range, setRange] = useState<Range>('day')
  const [sizes, setSizes] = useState<readonly BundlePartSize[] | null>(null)
  const [leftOut, setLeftOut] = useState<ReadonlySet<BundlePart>>(new Set())
  const [files, setFiles] = useState<readonly File[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isMaking, setMaking] = useState(false)

  useEffect(() => {
    const control = new AbortController()
    setSizes(null)
    setProblem(null)
    fetchBundleSizes(sinceOf(range), control.signal).then(
      ({ parts }) => setSizes(parts),
      (error: unknown) => control.signal.aborted || setProblem(problemOf(error)),
    )
    return () => control.abort()
  }, [range])

  const make = async () => {
    setMaking(true)
    setProblem(null)
    try {
      const since = sinceOf(range)
      const imported = await Promise.all(
        files.map(async (file) => ({ name: file.name, text: await file.text() })),
      )
      const zip = await makeBundle({
        ...(since !== undefined && { since }),
        leave_out: [...leftOut],
        ...(imported.length > 0 && { imported }),
      })
      downloadBlob(zip, bundleName(new Date()))
      onOpenChange(false)
    } catch (error) {
      setProblem(problemOf(error))
      setMaking(false)
    }
  }
  const toggle = (part: BundlePart) => {
    const next = new Set(leftOut)
    if (!next.delete(part)) next.add(part)
    setLeftOut(next)
  }
  const add = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const all = [...files, ...(target.files ?? [])].slice(0, mostFiles)
    const isTooLarge = all.reduce((sum, { size }) => sum + size, 0) > mostFileBytes
    setProblem(isTooLarge ? tooLarge : null)
    if (!isTooLarge) setFiles(all)
    target.value = ''
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title="Support bundle"
      description="One zip for a colleague or an issue. Passwords, tokens, cookies and credentials are masked. Host names and addresses are not."
      className="w-[560px]"
    >
      <Segmented
        label="Range"
        options={rangeOptions}
        value={range}
        onChange={setRange}
        className="shrink-0 self-start"
      />
      {sizes === null ? (
        problem === null && <Skeleton lines={5} />
      ) : (
        <ul aria-label="Contents" className="rounded-box border border-line">
          {sizes.map((size) => (
            <PartRow
              key={size.part}
              size={size}
              isIn={!leftOut.has(size.part)}
              onToggle={() => toggle(size.part)}
            />
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <label
          className={cx(
            buttonClass('plain', 'medium'),
            'cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-link',
          )}
        >
          Add log files
          <input type="file" multiple className="sr-only" onChange={add} />
        </label>
        {files.map((file) => (
          <Button
            key={`${file.name} ${file.lastModified} ${file.size}`}
            size="small"
            look="quiet"
            aria-label={`Leave out ${visible(file.name)}`}
            onClick={() => setFiles(files.filter((other) => other !== file))}
          >
            <span className="max-w-40 truncate">{visible(file.name)}</span> {formatBytes(file.size)} ×
          </Button>
        ))}
      </div>
      <p role="alert" className="text-dead empty:hidden">
        {problem !== null && `${problem.message} ${problem.remedy}`}
      </p>
      <Button
        look="primary"
        size="large"
        disabled={isMaking || sizes === null}
        className="self-end"
        onClick={() => void make()}
      >
        {isMaking ? 'Writing…' : 'Save the bundle'}
      </Button>
    </Dialog>
  )
}

function PartRow({ size, isIn, onToggle }: { size: BundlePartSize; isIn: boolean; onToggle: () => void }) {
  const { part, count, bytes, cut } = size
  return (
    <li className="not-first:border-t not-first:border-line">
      <label className="grid cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-3 px-3 py-2 hover:bg-raised pointer-coarse:min-h-11">
        <input type="checkbox" checked={isIn} onChange={onToggle} className="translate-y-0.5" />
        <span className="min-w-0">
          <span className="font-medium capitalize">{part}</span>
          <span className="block text-soft">{partWords[part]}</span>
        </span>
        <span className="figures text-right text-soft">
          <span className="block">{count.toLocaleString('en')}</span>
          <span className="block">
            {formatBytes(bytes)}
            {cut && ', the newest'}
          </span>
        </span>
      </label>
    </li>
  )
}

/** In seconds since the Unix epoch; undefined from the beginning on. */
function sinceOf(range: Range): number | undefined {
  const seconds = ranges[range]
  return seconds === null ? undefined : Math.floor(Date.now() / 1000) - seconds
}

const tooLarge: Problem = {
  error: 'too_large',
  message: 'Together these files are larger than 32 MiB.',
  remedy: 'Add the part about the failure, or use why1006 bundle.',
}
