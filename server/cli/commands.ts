/** The commands of the command line. Each is loaded when it is asked for: most runs need one. */
import type { CommandRun } from '#server/cli/command.ts'

export interface Command {
  readonly summary: string
  readonly load: () => Promise<{ run: CommandRun }>
}

export const commands: Readonly<Record<string, Command>> = {
  diagnose: {
    summary: 'probes an address and names the cause',
    load: () => import('#server/cli/diagnose.ts'),
  },
  watch: {
    summary: 'keeps a connection for hours and reports every loss',
    load: () => import('#server/cli/watch.ts'),
  },
  check: {
    summary: 'runs the wire contract and the checklist against a server',
    load: () => import('#server/cli/check.ts'),
  },
  judge: {
    summary: 'names the cause from evidence documents',
    load: () => import('#server/cli/judge.ts'),
  },
  logs: {
    summary: 'reads log files and says what ended their connections',
    load: () => import('#server/cli/logs.ts'),
  },
  lint: {
    summary: 'says what a configuration of nginx or another proxy does to WebSockets',
    load: () => import('#server/cli/lint.ts'),
  },
  explain: {
    summary: 'explains a cause or a close code',
    load: () => import('#server/cli/explain.ts'),
  },
  serve: {
    summary: 'serves the dashboard, as npm start does',
    load: () => import('#server/cli/serve.ts'),
  },
  bundle: {
    summary: 'writes what the server knows as one zip, without its secrets',
    load: () => import('#server/cli/bundle.ts'),
  },
  reproduce: {
    summary: 'does one fault to every WebSocket on a port of its own',
    load: () => import('#server/cli/reproduce.ts'),
  },
}
