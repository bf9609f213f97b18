'use client'
import { CircleCheck, CircleX, X } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { Button, IconButton } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { visible } from '#lib/text/foreign.ts'
import type { Imports } from './use-imports.ts'

export function ImportButton({ imports }: { imports: Imports }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".html,.htm,.json"
        aria-label="Reports to import"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) void imports.take(files)
        }}
      />
      <Button
        title="An exported report: its HTML file or its JSON. Or drop it anywhere on this page."
        onClick={() => input.current?.click()}
      >
        Import…
      </Button>
    </>
  )
}

/** What became of each file. */
export function ImportResults({ imports: { taken, forget } }: { imports: Imports }) {
  const box = useRef<HTMLDivElement>(null)
  const first = taken[0]?.key
  // Files are dropped wherever the list is scrolled to.
  useEffect(() => {
    if (first !== undefined) box.current?.scrollIntoView({ block: 'nearest' })
  }, [first])
  return (
    <div
      ref={box}
      role="status"
      aria-label="Import"
      className="scroll-my-16 border-b border-line empty:hidden"
    >
      {taken.length > 0 && (
        <div className="flex items-start gap-2 px-3.5 py-2">
          <ul className="flex min-w-0 flex-1 flex-col gap-1">
            {taken.map((one) => (
              <li key={one.key} className="flex items-start gap-2">
                {one.status === 'failed' ? (
                  <Icon of={CircleX} className="mt-0.5 shrink-0 text-dead" />
                ) : (
                  <Icon
                    of={CircleCheck}
                    className={`mt-0.5 shrink-0 ${one.status === 'done' ? 'text-alive' : 'text-faint'}`}
                  />
                )}
                <span className="min-w-0 wrap-anywhere">
                  <span className="font-medium">{visible(one.name)}</span>{' '}
                  <span className="text-soft">{one.status === 'reading' ? 'Reading…' : one.says}</span>{' '}
                  {one.status === 'done' && (
                    <Link
                      href={`/reports/${one.id}`}
                      prefetch={false}
                      className="text-link underline decoration-edge underline-offset-2"
                    >
                      Open the report
                    </Link>
                  )}
                </span>
              </li>
            ))}
          </ul>
          <IconButton label="Close the import results" onClick={forget}>
            <Icon of={X} />
          </IconButton>
        </div>
      )}
    </div>
  )
}
