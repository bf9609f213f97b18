'use client'
import { type ReactNode, useState } from 'react'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { askForSecurePage } from '#components/api/secure-page.ts'
import { Button, buttonClass } from '#components/ui/button.tsx'
import type { SecurePage } from '#lib/api/secure-page.ts'
import type { Recording } from '#lib/scenarios/scenario.ts'

type Serving =
  | { status: 'not-asked' | 'asked' }
  | { status: 'served'; page: SecurePage }
  | { status: 'refused'; says: string }

/** For a scenario that needs a page which came over https: how to get one here, and what is shown without. */
export function SecurePageNote({ recording }: { recording: Recording }) {
  const [serving, setServing] = useState<Serving>({ status: 'not-asked' })
  if (location.protocol === 'https:') {
    return (
      <Note>
        This page came over https, so everything here happens for real. Its certificate is this server’s own.
      </Note>
    )
  }
  if (serving.status === 'served') {
    return (
      <Note>
        <p>
          The same page, over HTTPS. Your browser will warn that it does not know the certificate. That is
          right: the Why1006 server made it a moment ago, for this machine alone. Choose “Advanced” and
          continue. The port closes after {Math.round(serving.page.idle_seconds / 60)} min without a request.
        </p>
        <a
          href={`${serving.page.origin}${location.pathname}`}
          className={`mt-2 ${buttonClass('primary', 'medium')}`}
        >
          Go to {serving.page.origin}
        </a>
      </Note>
    )
  }
  const ask = async () => {
    setServing({ status: 'asked' })
    setServing(
      await askForSecurePage().then(
        (page) => ({ status: 'served' as const, page }),
        (error: unknown) => ({ status: 'refused' as const, says: inOneLine(problemOf(error)) }),
      ),
    )
  }
  return (
    <Note>
      <p>
        This page was loaded over HTTP, where browsers allow ws://. Serve it over HTTPS, or use a recording:{' '}
        {recording.says}.
      </p>
      <Button className="mt-2" disabled={serving.status === 'asked'} onClick={() => void ask()}>
        Open over HTTPS
      </Button>
      <p role="status" className="text-dead empty:hidden">
        {serving.status === 'refused' ? serving.says : ''}
      </p>
    </Note>
  )
}

function Note({ children }: { children: ReactNode }) {
  return <div className="mt-2 rounded-box border border-line bg-ground px-2.5 py-2 text-soft">{children}</div>
}
