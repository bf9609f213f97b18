'use client'
import { useRouter } from 'next/navigation'
import { isAddress } from '#components/diagnose/ask/address.ts'
import type { Attachment } from '#components/diagnose/ask/attachments.ts'
import { judgeBrought } from '#components/diagnose/ask/brought.ts'
import { forgetDiagnosis, startDiagnosis } from '#components/diagnose/run.ts'
import { expectVerdict } from '#components/diagnose/use-verdict-focus.ts'

/** Diagnoses what was brought, and goes where the answer appears. */
export function useDiagnose(): (text: string, attachments?: readonly Attachment[]) => void {
  const router = useRouter()
  return (text, attachments = []) => {
    expectVerdict()
    const url = attachments.length === 0 && isAddress(text) ? text.trim() : null
    if (url === null) {
      forgetDiagnosis()
      void judgeBrought(text, attachments)
      router.push('/diagnose')
    } else {
      startDiagnosis({ url })
      router.push(`/diagnose?url=${encodeURIComponent(url)}`)
    }
  }
}
