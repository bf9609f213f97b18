import { lateEvent, missed, neverOpens, pending, seen } from '#lib/scenarios/run/sights.ts'
import { defineScenario, type Setup, shortenedIdleSeconds } from '#lib/scenarios/scenario.ts'
import { nginx } from '#lib/text/configurations.ts'
import { describeDuration } from '#lib/text/duration.ts'

const behindProxy = (fixed: 'no' | 'yes'): Setup => ({
  via: 'lab',
  fault: 'strip-upgrade-headers',
  knobs: { fixed },
  query: { ping_interval: '1' },
})

export default defineScenario({
  id: 'upgrade-headers',
  symptom: 'immediately',
  title: '1006 immediately behind a proxy',
  story:
    'On the developer’s machine it works. Behind nginx the socket fails at once, every time. `Upgrade` and `Connection` are hop-by-hop headers, and the proxy was not told to pass them on.',

  reproduce: {
    says: 'Connect through a proxy that drops both headers.',
    label: 'headers dropped',
    setup: () => behindProxy('no'),
    expectations: () => [
      {
        expects: 'The attempt is over at once',
        look: ({ connection: { state } }) => {
          if (state.phase === 'connecting') return pending
          return state.phase === 'never-opened'
            ? seen(`page: over after ${describeDuration(state.afterMs)}`)
            : missed(`page: it is ${state.phase}`)
        },
      },
    ],
  },

  observe: {
    says: 'Your page learns nothing but an error event and 1006. The server saw an ordinary GET.',
    expectations: () => [
      neverOpens('The page gets an error event and 1006, and no reason'),
      {
        expects: 'The server receives no Upgrade header, and answers 426',
        look: (scene) => {
          const { attempt, rejected } = scene.connection.server
          if (attempt === null || rejected === null) return lateEvent(scene, 'server: no attempt')
          const says = `server: Upgrade ${attempt.upgrade ?? 'none'}, answered ${rejected.status ?? 'nothing'}`
          return attempt.upgrade === undefined && rejected.status === 426 ? seen(says) : missed(says)
        },
      },
    ],
    commands: ['curl', 'console'],
  },

  diagnose: {
    says: 'Browser and server evidence together prove it: the header was sent but not received.',
    outcome: 'fault',
    cause: 'upgrade-headers-stripped',
    probes: false,
    commands: ['nginx-effective', 'nginx-handshakes'],
  },

  fix: {
    says: 'Tell nginx to pass the upgrade on. All of these lines belong into the same block: one `proxy_set_header` in a location drops every one from outside.',
    label: 'headers passed on',
    setup: () => behindProxy('yes'),
    diffs: () => [
      {
        where: 'nginx, location /ws',
        text: nginx` location /ws {\n   proxy_pass http://127.0.0.1:9000;\n+  proxy_http_version 1.1;\n+  proxy_set_header Upgrade $http_upgrade;\n+  proxy_set_header Connection "upgrade";\n }`,
      },
    ],
    commands: ['nginx-effective', 'curl'],
  },

  verify: {
    says: 'The same address through the same hop.',
    idleSeconds: (speed) => shortenedIdleSeconds(undefined, speed),
    expectations: () => [
      {
        expects: 'The server receives Upgrade: websocket',
        look: (scene) => {
          const { attempt } = scene.connection.server
          if (attempt === null) return lateEvent(scene, 'server: no attempt')
          const says = `server: Upgrade ${attempt.upgrade ?? 'none'}, Connection ${attempt.connection ?? 'none'}`
          return attempt.upgrade === undefined ? missed(says) : seen(says)
        },
      },
    ],
  },
})
