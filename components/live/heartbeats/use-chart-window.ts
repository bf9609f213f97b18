'use client'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { liveActions, useLive } from '#components/core/live-core.ts'

const minutesOf = { 1: 1, 5: 5, 15: 15, 60: 60 } as const
type Minutes = `${keyof typeof minutesOf}`

const parameter = parseAsStringLiteral(['1', '5', '15', '60'] as const satisfies readonly Minutes[])

/** The chart's window in minutes: the address says it, else the choice of the last visit. */
export function useChartWindow(): [minutes: Minutes, choose: (minutes: Minutes) => void] {
  const [linked, setLinked] = useQueryState('window', parameter)
  const kept = useLive((live) => live.preferences.settings.chartWindowMinutes)
  const choose = (minutes: Minutes) => {
    void setLinked(minutes)
    liveActions.changeSettings({ chartWindowMinutes: minutesOf[minutes] })
  }
  return [linked ?? `${kept}`, choose]
}
