/** Where programs with a page of their own keep the list of origins that they let in (each project's documentation). */
import { setting } from '#lib/text/configurations.ts'
import type { Change } from '#lib/text/fix.ts'
import { sentence } from '#lib/text/foreign.ts'
import { python } from '#lib/text/languages.ts'

/** @param origin `https://app.example`, or a stand-in */
export function originSettings(origin: string): Change[] {
  const value = setting.value(origin)
  const own = { program: 'application', shownOnly: true } as const
  return [
    {
      ...own,
      of: 'grafana',
      where: sentence`Grafana, grafana.ini: its own address as pages have it, or a list of further origins`,
      text: setting`[server]\nroot_url = ${value}\n[live]\nallowed_origins = ${value}`,
    },
    {
      ...own,
      of: 'cockpit',
      where: sentence`Cockpit, /etc/cockpit/cockpit.conf`,
      text: setting`[WebService]\nOrigins = ${value}`,
    },
    {
      ...own,
      of: 'centrifugo',
      where: sentence`Centrifugo, config.json (in version 6 within "client")`,
      text: setting`"allowed_origins": ["${value}"]`,
    },
    {
      ...own,
      of: 'nats',
      where: sentence`NATS server, websocket {}`,
      text: setting`allowed_origins: ["${value}"]`,
    },
    {
      ...own,
      of: 'mattermost',
      where: sentence`Mattermost, config.json, ServiceSettings: its own address, or a list of further origins`,
      text: setting`"SiteURL": "${value}",\n"AllowCorsFrom": "${value}"`,
    },
    {
      ...own,
      of: 'code-server',
      where: sentence`code-server, config.yaml`,
      text: setting`trusted-origins: ["${setting.value(URL.parse(origin)?.host ?? 'YOUR_HOST')}"]`,
    },
    {
      program: 'python',
      of: 'jupyter',
      shownOnly: true,
      where: sentence`Jupyter, jupyter_server_config.py`,
      text: python`c.ServerApp.allow_origin = ${python.string(origin)}`,
    },
    {
      program: 'python',
      of: 'python-engineio',
      shownOnly: true,
      where: sentence`Flask-SocketIO (socketio.Server takes the same argument)`,
      text: python`SocketIO(app, cors_allowed_origins=[${python.string(origin)}])`,
    },
  ]
}
