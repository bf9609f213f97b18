/** Large ones, which are asked where they are installed already: Jupyter, Cockpit, Mopidy. */

import { asking, program, pythonModule, type Served } from '#tests/parity/support/served.ts'
import { healthy, open } from '#tests/parity/support/set-up.ts'

const KERNEL = '/api/kernels/5f0c6a3e-1d1f-4bb8-9c5c-0d7b1c5c2a11/channels'
const jupyter = (kind: 'ServerApp' | 'NotebookApp', command: string, ...more: string[]) =>
  program(command, [
    ...['--allow-root', '--no-browser', `--${kind}.ip=127.0.0.1`, `--${kind}.port=PORT`],
    ...more,
  ])
const signedOut = [KERNEL, '/terminals/websocket/1'].map((path) =>
  asking(path, 'no token', open('authentication-required', 'forbidden'), {
    application: 'jupyter',
    says: [/token/],
    never: [/"origin-rejected","certainty":"(?:likely|proven)/],
  }),
)

export const presentServers: readonly Served[] = [
  {
    server: 'Jupyter Server',
    needs: ['/usr/bin/jupyter-server'],
    start: jupyter('ServerApp', '/usr/bin/jupyter-server', '--ServerApp.root_dir=DIRECTORY'),
    questions: signedOut,
  },
  {
    server: 'Jupyter Server without a token',
    needs: ['/usr/bin/jupyter-server'],
    start: jupyter(
      'ServerApp',
      '/usr/bin/jupyter-server',
      ...['--ServerApp.root_dir=DIRECTORY', '--ServerApp.token='],
    ),
    questions: [
      asking(KERNEL, 'no such kernel', open('path-not-found'), { application: 'jupyter', says: [/kernel/] }),
    ],
  },
  {
    server: 'Jupyter Notebook',
    needs: ['/usr/bin/jupyter-notebook', pythonModule('notebook')],
    start: jupyter('NotebookApp', '/usr/bin/jupyter-notebook', '--NotebookApp.notebook_dir=DIRECTORY'),
    questions: signedOut.slice(0, 1),
  },
  {
    server: 'Cockpit',
    needs: ['/usr/lib/cockpit/cockpit-ws'],
    start: program('/usr/lib/cockpit/cockpit-ws', ['--no-tls', '--address=127.0.0.1', '--port=PORT']),
    questions: [
      asking('/cockpit/socket', 'nobody is signed in', open('authentication-required'), {
        options: { subprotocols: ['cockpit1'] },
        application: 'cockpit',
        says: [/cockpit\/login/],
      }),
      asking('/cockpit/socket', 'a page of another host', open('origin-rejected'), {
        options: { subprotocols: ['cockpit1'], origin: 'https://evil.example' },
        says: [/Origins/],
      }),
    ],
  },
  {
    server: 'Mopidy',
    needs: ['/usr/bin/mopidy'],
    start: program('/usr/bin/mopidy', [
      ...['-o', 'http/port=PORT', '-o', 'http/hostname=127.0.0.1', '-o', 'core/cache_dir=DIRECTORY'],
      ...['-o', 'core/data_dir=DIRECTORY', '-o', 'core/config_dir=DIRECTORY'],
    ]),
    questions: [
      asking('/mopidy/ws', 'nothing', healthy),
      asking('/mopidy/ws', 'a page of another host', open('origin-rejected'), {
        options: { origin: 'https://evil.example' },
      }),
    ],
  },
]
