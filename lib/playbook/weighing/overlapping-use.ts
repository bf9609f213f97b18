/** Two parts of a program used one connection at once, which its library does not allow: whatever failed then, this mends it. */
import type { Facts } from '#lib/facts/facts.ts'
import { type Because, say } from '#lib/playbook/cause.ts'
import type { Change } from '#lib/text/fix.ts'
import { type Sentence, sentence } from '#lib/text/foreign.ts'
import { csharp, go, java } from '#lib/text/languages.ts'

export type Overlap = { because: Because; summary: Sentence; changes: Change[] }

export function overlappingUse({ told }: Facts): Overlap | undefined {
  const said = told.server.find(({ isOverlapping }) => isOverlapping)
  return (
    said && {
      because: say(
        sentence`The server’s own code used the connection twice at once: ${said.detail}`,
        said.from,
      ),
      summary: sentence`Let one place send to a connection: a queue that one thread or task empties, or a lock around each send. Two parts of the server’s code used this one at the same time, which its library does not allow.`,
      changes: [
        {
          program: 'go',
          where: sentence`Go server: one lock for each connection`,
          text: go`func (c *client) send(message []byte) error {\n\tc.mutex.Lock()\n\tdefer c.mutex.Unlock()\n\treturn c.conn.WriteMessage(websocket.TextMessage, message)\n}`,
        },
        {
          program: 'java',
          of: 'spring',
          where: sentence`Spring: send through the decorator, which queues`,
          text: java`session = new ConcurrentWebSocketSessionDecorator(session, YOUR_MILLISECONDS, YOUR_LIMIT_BYTES);`,
        },
        {
          program: 'java',
          where: sentence`Java server: one lock for each session`,
          text: java`synchronized (session) {\n    session.getBasicRemote().sendText(message);\n}`,
        },
        {
          program: 'dotnet',
          where: sentence`.NET server: one lock for each socket`,
          text: csharp`await sending.WaitAsync(); // SemaphoreSlim sending = new(1, 1)\ntry { await socket.SendAsync(bytes, WebSocketMessageType.Text, true, default); }\nfinally { sending.Release(); }`,
        },
      ],
    }
  )
}
