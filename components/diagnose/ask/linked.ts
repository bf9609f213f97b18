'use client'
/** Recordings that an address of this page names: in its fragment, as the recorder's links have it, or by a name that the server knows. */
import { useEffect } from 'react'
import { forgetDiagnosis } from '../run.ts'
import { judgeLink, judgeRecorded } from './brought.ts'

/** What was asked for next is not what the link showed. */
export function forgetLink(): void {
  if (location.hash === '') return
  history.replaceState(history.state, '', location.pathname + location.search)
}

/** Judges what the address names, when the page is opened and when it is changed. @param recording of `?recording=` */
export function useLinked(recording: string | null): void {
  useEffect(() => {
    const read = () => {
      if (judgeLink(location.hash)) forgetDiagnosis()
    }
    read()
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  useEffect(() => {
    if (recording === null) return
    forgetDiagnosis()
    void judgeRecorded(recording)
  }, [recording])
}
