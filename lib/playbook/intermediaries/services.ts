/** Services whose own rules end connections: who they are by their host, and what they allow. */
import type { Source } from '#lib/playbook/intermediaries/timer.ts'

export type Rule = {
  /** As a sentence: what the service does, and at which limit. */
  says: string
  /** Ends every connection at this age. */
  lifetimeSeconds?: number
  /** Ends every connection after this long without a message. */
  idleSeconds?: number
  /** The close code that names the rule. */
  code?: number
  source: Source
}

export type Service = { id: string; who: string; host: RegExp; rules: readonly Rule[] }

const HOUR = 3600

export const services: readonly Service[] = [
  {
    id: 'binance',
    who: 'Binance',
    host: /(?:^|\.)binance\.(?:com|us|vision)$/i,
    rules: [
      {
        says: 'Binance ends every connection after 24 h.',
        lifetimeSeconds: 24 * HOUR,
        source: {
          label: 'Binance, WebSocket streams',
          url: 'https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams',
        },
      },
      {
        says: 'Binance closes a connection that sends more than 5 messages per second (10 for futures).',
        code: 1008,
        source: {
          label: 'Binance, WebSocket streams',
          url: 'https://developers.binance.com/docs/binance-spot-api-docs/web-socket-streams',
        },
      },
    ],
  },
  {
    id: 'aws-api-gateway',
    who: 'AWS API Gateway',
    host: /\.execute-api\.[\w-]+\.amazonaws\.com(?:\.cn)?$/i,
    rules: [
      {
        says: 'AWS API Gateway ends a connection after 10 min without a message.',
        idleSeconds: 600,
        source: {
          label: 'AWS, quotas of API Gateway WebSocket APIs',
          url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
        },
      },
      {
        says: 'AWS API Gateway ends every WebSocket connection after 2 h.',
        lifetimeSeconds: 2 * HOUR,
        source: {
          label: 'AWS, quotas of API Gateway WebSocket APIs',
          url: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
        },
      },
    ],
  },
  {
    id: 'discord',
    who: 'Discord',
    host: /(?:^|\.)discord\.(?:gg|com)$/i,
    rules: [
      {
        says: 'Discord closes a connection that sends more than 120 events in 60 s.',
        code: 4008,
        source: {
          label: 'Discord, Gateway rate limits',
          url: 'https://docs.discord.com/developers/events/gateway#rate-limiting',
        },
      },
    ],
  },
  {
    id: 'twitch',
    who: 'Twitch EventSub',
    host: /(?:^|\.)eventsub\.wss\.twitch\.tv$/i,
    rules: [
      {
        says: 'Twitch closes a connection without a subscription after 10 s.',
        code: 4003,
        source: {
          label: 'Twitch, EventSub by WebSocket',
          url: 'https://dev.twitch.tv/docs/eventsub/handling-websocket-events',
        },
      },
    ],
  },
  {
    id: 'openai-realtime',
    who: 'OpenAI Realtime',
    host: /^api\.openai\.com$/i,
    rules: [
      {
        says: 'OpenAI ends a Realtime session after 60 min.',
        lifetimeSeconds: HOUR,
        source: {
          label: 'OpenAI, Realtime sessions',
          url: 'https://platform.openai.com/docs/guides/realtime-conversations#session-lifecycle-events',
        },
      },
    ],
  },
  {
    id: 'gemini-live',
    who: 'Gemini Live',
    host: /^(?:generativelanguage|[\w-]*aiplatform)\.googleapis\.com$/i,
    rules: [
      {
        says: 'Gemini Live ends every connection after about 10 min.',
        lifetimeSeconds: 600,
        source: {
          label: 'Google Cloud, Live API sessions',
          url: 'https://docs.cloud.google.com/vertex-ai/generative-ai/docs/live-api/start-manage-session',
        },
      },
    ],
  },
]

/** @param host of the target, as a URL has it */
export const serviceOf = (host: string): Service | undefined =>
  services.find((service) => service.host.test(host))

/** The rule of the service at this host that closes with this code. */
export const ruleOf = (host: string, code: number): Rule | undefined =>
  serviceOf(host)?.rules.find((rule) => rule.code === code)
