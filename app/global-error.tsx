'use client'
import { PageError } from '#components/shell/page-error.tsx'
import './globals.css'

/** An error in the shell itself, the last resort. */
export default function GlobalError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body className="p-4">
        <PageError error={error} onRetry={reset} />
      </body>
    </html>
  )
}
