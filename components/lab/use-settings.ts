'use client'
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import { parseSeconds } from '#components/core/typed.ts'
import type { RealProxyKind } from '#lib/lab/fault.ts'
import { commonKnobs, type FaultId, faultOf } from '#lib/lab/faults.ts'
import { type Knob, readKnob } from '#lib/lab/knob.ts'
import { type AskedHeartbeat, heartbeatProblem } from '#lib/protocol/heartbeat.ts'
import { ownEndpoints } from '#lib/protocol/own-endpoint.ts'
import type { LabOpening } from './fault-trial.ts'

const proxyKinds = ['nginx', 'haproxy', 'apache', 'caddy'] as const satisfies readonly RealProxyKind[]

/** What the address has beside the fault and its knobs, which stand there under their own names. */
const fixedParameters = {
  /** The endpoint behind the fault. */
  at: parseAsStringLiteral(ownEndpoints),
  /** The real proxy in place of the relay. */
  on: parseAsStringLiteral(proxyKinds),
  ping_interval: parseAsString,
  ping_timeout: parseAsString,
}

export interface KnobSetting {
  readonly name: string
  readonly knob: Knob
  readonly text: string
  /** What is allowed, where the text is not. */
  readonly problem: string | null
}

export interface HeartbeatSetting {
  readonly text: string
  readonly problem: string | null
}

export interface Settings {
  readonly knobs: readonly KnobSetting[]
  readonly endpoint: (typeof ownEndpoints)[number]
  readonly proxy: RealProxyKind | null
  readonly heartbeat: { readonly interval: HeartbeatSetting; readonly timeout: HeartbeatSetting }
  /** Whether it is put right. */
  readonly isFixed: boolean
  /** What to open; null while something is not allowed. */
  readonly opening: LabOpening | null
  set(change: Readonly<Record<string, string | null>>): void
}

/** The settings of a fault's trial. They are part of the address, as they are typed: a link shows the same. */
export function useSettings(fault: FaultId): Settings {
  const { knobs, open } = faultOf(fault)
  const all = useMemo(() => ({ ...knobs, ...commonKnobs }), [knobs])
  const parsers = useMemo(
    () => ({
      ...fixedParameters,
      ...Object.fromEntries(Object.keys(all).map((name) => [name, parseAsString])),
    }),
    [all],
  )
  const [linked, setLinked] = useQueryStates(parsers, { history: 'replace', shallow: true })
  const texts: Readonly<Record<string, string | null>> = linked
  const settings = Object.entries(all).map(([name, knob]) => settingOf(name, knob, texts[name] ?? null))
  const endpoint = linked.at ?? open.endpoint
  const interval = linked.ping_interval ?? open.query?.ping_interval ?? ''
  const timeout = linked.ping_timeout ?? open.query?.ping_timeout ?? ''
  const asked = { intervalSeconds: parseSeconds(interval), timeoutSeconds: parseSeconds(timeout) }
  const problem = heartbeatProblem(asked)
  const problemOf = (field: 'interval' | 'timeout') => (problem?.field === field ? problem.says : null)
  const isAllowed = problem === null && settings.every(({ problem }) => problem === null)
  return {
    knobs: settings.filter(({ name }) => name in knobs),
    endpoint,
    proxy: linked.on,
    heartbeat: {
      interval: { text: interval, problem: problemOf('interval') },
      timeout: { text: timeout, problem: problemOf('timeout') },
    },
    isFixed: texts.fixed === 'yes',
    opening: isAllowed ? openingOf(fault, settings, endpoint, asked) : null,
    set: (change) => void setLinked(change),
  }
}

function settingOf(name: string, knob: Knob, linked: string | null): KnobSetting {
  const text = linked ?? String(knob.default)
  const reading = readKnob(knob, text)
  return { name, knob, text, problem: reading.ok ? null : reading.allowed }
}

/** Knobs at their default are left out, so that the address says what was chosen. */
function openingOf(
  fault: FaultId,
  settings: readonly KnobSetting[],
  endpoint: string,
  { intervalSeconds, timeoutSeconds }: AskedHeartbeat,
): LabOpening {
  const turned = settings.filter(({ knob, text }) => text !== String(knob.default))
  return {
    fault,
    endpoint,
    knobs: Object.fromEntries(turned.map(({ name, text }) => [name, text])),
    query: {
      ...(intervalSeconds !== null && { ping_interval: String(intervalSeconds) }),
      ...(timeoutSeconds !== null && { ping_timeout: String(timeoutSeconds) }),
    },
  }
}
