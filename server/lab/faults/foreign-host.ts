/** A proxy that names itself or its upstream where the backend needs the client's word. */
import type { BehaviourOf } from '#server/lab/behaviour.ts'
import { withHeader } from '#server/lab/head.ts'

export const foreignHost: BehaviourOf<'foreign-host'> = (line, { changed }) => ({
  backend: () => line.backends.comparingOriginWithHost(),
  request: (head) => ({
    ...head,
    headers:
      changed === 'host'
        ? withHeader(head.headers, 'Host', backendName)
        : withHeader(head.headers, 'Origin', `http://${backendName}`),
  }),
})

const backendName = 'backend.internal:8080'
