'use client'
/** What recorders on other pages told, as the pages ask for it. Everything rejects with a `ProblemError`. */
import { asEvidence, recordingAnswer, recordingList } from '#lib/api/recordings.ts'
import type { Evidence } from '#lib/evidence/schema.ts'
import type { Recorded } from '#lib/store/recordings.ts'
import { answerTo, getJson } from './request.ts'

export async function fetchRecordings(): Promise<readonly Recorded[]> {
  return (await getJson('/api/recordings', recordingList)).recordings
}

/** Its code is `not_found` where there is none of this name. */
export async function fetchRecording(id: string): Promise<Evidence> {
  const answer = await getJson(`/api/recordings/${encodeURIComponent(id)}`, recordingAnswer)
  return asEvidence(answer.evidence)
}

/** The recorder itself, to be pasted. */
export const fetchRecorder = async (): Promise<string> => (await answerTo('/recorder.js')).text()
