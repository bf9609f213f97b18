/**
 * A fault of the lab as data: what it does, its knobs, and what the diagnosis should make of it. How it is done
 * to the bytes is in `server/lab/faults/`, one file each.
 */
import type { Knob, KnobValue } from '#lib/lab/knob.ts'
import type { OwnEndpoint } from '#lib/protocol/own-endpoint.ts'

export type FaultFamily = 'control' | 'request' | 'answer' | 'upgrade' | 'end' | 'frame' | 'flow'

export type RealProxyKind = 'nginx' | 'haproxy' | 'apache' | 'caddy'

export type Knobs = Readonly<Record<string, Knob>>

export type FaultOpening = {
  endpoint: OwnEndpoint
  query?: Readonly<Record<string, string>>
  subprotocols?: readonly string[]
  /** The page sends a message that is answered so often, in seconds, where the server has nothing to say by itself. */
  page_pings_seconds?: number
  /** So many more connections, one after the other, where a single one cannot show what it has in common with others. */
  companions?: { count: number; every_seconds: number }
  /** How long one must watch past the times that the knobs set, where it stays open; a few seconds where left out. */
  watch_seconds?: number
}

export type Fault<K extends Knobs = Knobs> = {
  title: string
  family: FaultFamily
  /** What is done to the connection, in one sentence. */
  says: string
  /** Who does that in the field. */
  met: string
  /** What page and server see of it with the default knobs, for people to compare with what they see. */
  sees: string
  knobs: K
  /**
   * What page, probe and server together can tell of what `open` opens, with the default knobs. `undetermined`: they
   * cannot tell, and the first cause is the lab's own.
   */
  shows: { outcome: 'fault' | 'undetermined' | 'healthy'; causes: readonly string[] }
  /** What to open so that it shows. */
  open: FaultOpening
  /** Real proxies that can be set up to do the same, where they are installed. */
  real: readonly RealProxyKind[]
}

/** The values of a fault's knobs, each given or its default. */
export type KnobValues<K extends Knobs> = { readonly [Name in keyof K]: KnobValue<K[Name]> }

/** Gives a fault its type and keeps its knobs' own. */
export const defineFault = <const K extends Knobs>(fault: Fault<K>): Fault<K> => fault
