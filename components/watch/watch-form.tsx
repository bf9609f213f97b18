import { type FormEvent, useState } from 'react'
import { problemOf } from '#components/api/problem.ts'
import { createWatch } from '#components/api/watches.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field, fieldBox, fieldInput } from '#components/ui/field.tsx'
import type { Problem } from '#lib/api/problem.ts'
import { heartbeatSeconds, type WatchDetail, type WatchOrder } from '#lib/api/watch.ts'
import { understandTarget } from '#lib/applications/target.ts'

interface Props {
  /** What the page's address asks for. */
  initialUrl: string
  onWatched: (watch: WatchDetail) => void
}

const nothing = { heartbeat: '', notify: '', headers: '' }

/** The form "New watch": a URL, and what else the connection needs. */
export function WatchForm({ initialUrl, onWatched }: Props) {
  const [url, setUrl] = useState(initialUrl)
  const [more, setMore] = useState(nothing)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isAsking, setAsking] = useState(false)
  const { heartbeat, notify, headers } = more
  const seconds = heartbeat.trim() === '' ? undefined : Number(heartbeat.replace(',', '.'))
  const isHeartbeatWrong =
    seconds !== undefined && !(seconds >= heartbeatSeconds.least && seconds <= heartbeatSeconds.greatest)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const address = understandTarget(url, location.origin)
    if (url.trim() === '' || !address.ok) {
      return setProblem(url.trim() === '' || address.ok ? missing : unreadable(address.says))
    }
    if (isHeartbeatWrong) return setProblem(wrongHeartbeat)
    const lines = headers.split('\n').flatMap((line) => line.trim() || [])
    const order: WatchOrder = {
      // A path alone means the server of this page, which the server itself cannot know.
      url: url.trim().startsWith('/') ? address.url : url.trim(),
      ...(seconds !== undefined && { heartbeat_seconds: seconds }),
      ...(notify.trim() !== '' && { notify: notify.trim() }),
      ...(lines.length > 0 && { headers: lines }),
    }
    setAsking(true)
    setProblem(null)
    try {
      onWatched(await createWatch(order))
      setUrl('')
      setMore(nothing)
    } catch (error) {
      setProblem(problemOf(error))
    }
    setAsking(false)
  }
  return (
    <form
      aria-label="New watch"
      noValidate
      onSubmit={submit}
      className="flex flex-col gap-2 rounded-box border border-line bg-panel p-2.5"
    >
      <div className="flex gap-2 max-sm:flex-col">
        <Field
          label="WebSocket URL"
          value={url}
          placeholder="wss://app.example/ws"
          inputMode="url"
          boxClassName="sm:flex-1"
          onChange={({ target }) => setUrl(target.value)}
          aria-describedby="watch-problem"
        />
        <Button type="submit" look="primary" size="large" disabled={isAsking} className="min-w-28">
          {isAsking ? 'Connecting…' : 'Watch'}
        </Button>
      </div>
      <details open={Object.values(more).some((value) => value !== '')}>
        <summary className="w-fit cursor-pointer text-soft hover:text-text">
          Heartbeat, notification, headers
        </summary>
        <div className="grid gap-2 pt-2 md:grid-cols-[200px_minmax(0,1fr)]">
          <Field
            label="Ping every"
            unit="s"
            value={heartbeat}
            placeholder="none"
            inputMode="decimal"
            aria-invalid={isHeartbeatWrong}
            onChange={({ target }) => setMore({ ...more, heartbeat: target.value })}
          />
          <Field
            label="POST changes to"
            value={notify}
            placeholder="https://hooks.example/…"
            inputMode="url"
            onChange={({ target }) => setMore({ ...more, notify: target.value })}
          />
          <label className={cx(fieldBox, 'items-start py-1.5 md:col-span-2')}>
            <span className="shrink-0 text-faint">Headers</span>
            <textarea
              value={headers}
              rows={2}
              placeholder="Cookie: session=…"
              spellCheck={false}
              className={cx(fieldInput, 'resize-y')}
              onChange={({ target }) => setMore({ ...more, headers: target.value })}
            />
          </label>
          <p className="text-soft md:col-span-2">
            Without pings the connection stays silent, so an idle timeout shows. Headers and the notification
            URL are stored on the server until you remove the watch.
          </p>
        </div>
      </details>
      <p id="watch-problem" role="alert" className="text-dead empty:hidden">
        {problem !== null && `${problem.message} ${problem.remedy}`}
      </p>
    </form>
  )
}

const missing: Problem = {
  error: 'missing',
  message: 'Enter the URL to watch.',
  remedy: 'It starts with ws:// or wss://.',
}

const unreadable = (message: string): Problem => ({ error: 'unreadable', message, remedy: '' })

const wrongHeartbeat: Problem = {
  error: 'heartbeat',
  message: `Pings are sent every ${heartbeatSeconds.least} to ${heartbeatSeconds.greatest} seconds.`,
  remedy: '',
}
