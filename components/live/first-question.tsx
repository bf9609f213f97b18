'use client'
import { type FormEvent, useState } from 'react'
import type { Attachment } from '#components/diagnose/ask/attachments.ts'
import { Box } from '#components/diagnose/ask/box.tsx'
import { useDiagnose } from '#components/diagnose/use-diagnose.ts'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'

/** Before anything is open: the question of whoever comes here with a failure, and the box that takes whatever they have. */
export function FirstQuestion() {
  const [text, setText] = useState('')
  const [attachments, setAttachments] = useState<readonly Attachment[]>([])
  const diagnose = useDiagnose()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    diagnose(text, attachments)
  }
  return (
    <Panel title="What went wrong?">
      <form aria-label="Diagnose" onSubmit={submit} className="flex flex-col gap-3 p-3.5">
        <Box
          text={text}
          onText={setText}
          attachments={attachments}
          onAttach={setAttachments}
          problem=""
          rows={5}
        >
          <Button type="submit" size="large">
            Diagnose
          </Button>
        </Box>
        <ul aria-label="Examples" className="flex flex-wrap gap-1.5">
          {examples.map(({ label, text: example }) => (
            <li key={label}>
              <Button size="small" onClick={() => setText(example)}>
                {label}
              </Button>
            </li>
          ))}
        </ul>
      </form>
    </Panel>
  )
}

/** What people have at hand, as the programs print it. */
const examples = [
  {
    label: 'Chrome console',
    text: "WebSocket connection to 'wss://app.example/ws' failed: Error during WebSocket handshake: Unexpected response code: 403",
  },
  {
    label: 'Firefox console',
    text: 'The connection to wss://app.example/ws was interrupted while the page was loading.',
  },
  { label: 'Node, ws', text: 'Error: Unexpected server response: 502' },
  {
    label: 'Python, websockets',
    text: 'websockets.exceptions.ConnectionClosedError: sent 1011 (internal error) keepalive ping timeout; no close frame received',
  },
  {
    label: 'nginx error log',
    text: '2026/11/28 15:00:00 [error] 7#7: *1 upstream timed out (110: Connection timed out) while proxying upgraded connection, client: 203.0.113.7, server: app.example, request: "GET /ws HTTP/1.1", upstream: "http://127.0.0.1:3000/ws", host: "app.example"',
  },
  {
    label: 'nginx.conf',
    text: 'server {\n  listen 80;\n  location /ws {\n    proxy_pass http://127.0.0.1:3000;\n  }\n}',
  },
]
