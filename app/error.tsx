'use client'
import { PageError } from '#components/shell/page-error.tsx'

/** An error in a page: the shell stands, and with it every connection and all that was recorded. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return <PageError error={error} onRetry={reset} />
}
