'use client'
import { useState } from 'react'
import * as z from 'zod/mini'
import { Button, buttonClass } from '#components/ui/button.tsx'
import type { Recording } from '#lib/playbook/scenario.ts'

type Serving =
  | { status: 'not-asked' | 'asked' }
  | { status: 'served'; origin: string; idleSeconds: number }
  | { status: 'refused'; says: string }

const served = z.object({ origin: z.string(), idle_seconds: z.number() })
const refusal = z.object({ message: z.string(), remedy: z.optional(z.string()) })

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
          The same page, over https. Your browser will warn that nobody vouches for it, and it is right: this
          server made the certificate a moment ago, for this machine alone. Choose “Advanced” and go on. The
          port closes after {Math.round(serving.idleSeconds / 60)} min without a request.
        </p>
        <a
          href={`${serving.origin}${location.pathname}`}
          className={`mt-2 ${buttonClass('primary', 'medium')}`}
        >
          Go to {serving.origin}
        </a>
      </Note>
    )
  }
  const ask = async () => {
    setServing({ status: 'asked' })
    setServing(await askForSecurePage())
  }
  return (
    <Note>
      <p>
        This page came over plain http, where browsers refuse nothing of the kind. Have it served over https,
        or run the steps here with a recording: {recording.says}.
      </p>
      <Button className="mt-2" disabled={serving.status === 'asked'} onClick={() => void ask()}>
        Serve this page over https
      </Button>
      <p role="status" className="text-dead empty:hidden">
        {serving.status === 'refused' ? serving.says : ''}
      </p>
    </Note>
  )
}

function Note({ children }: { children: React.ReactNode }) {
  return <div className="mt-2 rounded-box border border-line bg-ground px-2.5 py-2 text-soft">{children}</div>
}

async function askForSecurePage(): Promise<Serving> {
  const response = await fetch('/api/secure-page', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  }).catch(() => null)
  if (response === null) return { status: 'refused', says: 'The server of this page did not answer.' }
  const body: unknown = await response.json().catch(() => undefined)
  const read = served.safeParse(body)
  if (response.ok && read.success) {
    return { status: 'served', origin: read.data.origin, idleSeconds: read.data.idle_seconds }
  }
  const problem = refusal.safeParse(body)
  const says = problem.success ? `${problem.data.message} ${problem.data.remedy ?? ''}` : undefined
  return { status: 'refused', says: says ?? `The server answered ${response.status}.` }
}
