/** `/api/lab`: what faults there are, and faults on the real proxies that are installed beside the server. */
import * as z from 'zod/mini'
import type { RealProxyKind } from '#lib/lab/fault.ts'

const text = z.string()
const texts = z.readonly(z.array(text))
const aboutKnob = { name: text, says: text }

/** The knobs of `lib/lab/knob.ts`, each with its name: a list, in the order in which people turn them. */
const knob = z.discriminatedUnion('kind', [
  z.looseObject({
    ...aboutKnob,
    kind: z.literal('number'),
    unit: text,
    default: z.number(),
    min: z.number(),
    max: z.number(),
    whole: z.boolean(),
  }),
  z.looseObject({ ...aboutKnob, kind: z.literal('choice'), default: text, choices: texts }),
  z.looseObject({
    ...aboutKnob,
    kind: z.literal('text'),
    default: text,
    max_bytes: z.number(),
    form: z.enum(['any', 'token']),
  }),
])
const knobs = z.array(knob)
export type ListedKnob = z.infer<typeof knob>

/** The answer to `GET /api/lab`. */
export const labCatalogue = z.looseObject({
  faults: z.array(
    z.looseObject({
      id: text,
      title: text,
      family: text,
      says: text,
      met: text,
      sees: text,
      knobs,
      shows: z.looseObject({ outcome: z.enum(['fault', 'undetermined', 'healthy']), causes: texts }),
      open: z.looseObject({ endpoint: text, query: z.optional(z.record(text, text)) }),
      real: texts,
    }),
  ),
  common_knobs: knobs,
  /** Those that are installed; `label` has the version: `nginx 1.22.1`. */
  real_proxies: z.array(z.looseObject({ kind: text, label: text })),
  connections: z.looseObject({ open: z.number(), limit: z.number() }),
})
export type LabCatalogue = z.infer<typeof labCatalogue>

/** The body of `POST /api/lab/proxies`: a fault on a real proxy. Knobs left out are at their default. */
export const proxyOrder = z.object({
  proxy: z.enum(['nginx', 'haproxy', 'apache', 'caddy'] satisfies RealProxyKind[]),
  fault: text,
  knobs: z.optional(z.record(text, z.union([text, z.number()]))),
})
export type ProxyOrder = z.infer<typeof proxyOrder>

/** Its answer: the proxy that runs now, until `DELETE /api/lab/proxies/<id>` or the end of its lifetime. */
export const runningProxy = z.looseObject({
  id: text,
  label: text,
  /** Scheme and authority alone. */
  url: text,
  fault: text,
  /** The part of the configuration that makes the fault, and the whole of it. */
  excerpt: text,
  config: text,
  lifetime_seconds: z.number(),
})
export type RunningProxy = z.infer<typeof runningProxy>
