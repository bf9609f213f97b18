'use client'
import { useState } from 'react'
import { inOneLine, problemOf } from '#components/api/problem.ts'
import { fetchRecorder } from '#components/api/recordings.ts'
import { Button } from '#components/ui/button.tsx'
import { CopyButton, copyText } from '#components/ui/copy-button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { say } from '#components/ui/toast-queue.ts'

/** The panel "Record in your own page": how to get the recorder into a page, and what it does there. */
export function RecordPanel() {
  const tag = `<script src="${location.origin}/recorder.js"></script>`
  return (
    <Panel title="Record in your own page" id="record">
      <div className="flex flex-col gap-3 px-3.5 py-3">
        <p>
          The recorder watches every WebSocket that your page opens and links each failure to its verdict.
        </p>
        <ol className="flex flex-col gap-3">
          <li>
            <p className="mb-1.5 text-soft">
              In your code: load it before any other script. Pages of an origin in{' '}
              <code>ALLOWED_ORIGINS</code> also appear on Live.
            </p>
            <div className="flex items-start gap-2 rounded-box border border-line bg-ground px-2.5 py-1.5">
              <code className="figures min-w-0 flex-1 py-0.5 wrap-anywhere">{tag}</code>
              <CopyButton text={tag} what="Script tag" name="Copy the script tag" look="quiet" />
            </div>
          </li>
          <li>
            <p className="mb-1.5 text-soft">
              On any page: paste it into the console, then wait for the next connection. Run{' '}
              <code>why1006()</code> to list all connections and to copy the evidence.
            </p>
            <div className="flex items-center gap-2">
              <CopyRecorder />
              <a href="/recorder.js" className="text-link hover:underline">
                Read it
              </a>
            </div>
          </li>
        </ol>
        <p className="text-soft">
          It keeps times and sizes, never a message. It cuts secrets out of URLs. A link carries the evidence
          behind its #, which browsers do not send.
        </p>
      </div>
    </Panel>
  )
}

function CopyRecorder() {
  const [isBusy, setBusy] = useState(false)
  const copy = async () => {
    setBusy(true)
    try {
      await copyText(await fetchRecorder(), 'Recorder')
    } catch (error) {
      say(inOneLine(problemOf(error)), 'dead')
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button onClick={() => void copy()} disabled={isBusy}>
      Copy the recorder
    </Button>
  )
}
