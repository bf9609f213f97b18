/** What the form "Connect through Why1006" says, as the order that the server gets. */
import type { Extras } from '#components/core/through.ts'

export interface ThroughForm {
  readonly origin: string
  readonly cookie: string
  /** One `Name: value` a line. */
  readonly headers: string
  readonly cert: string
  readonly key: string
  readonly passphrase: string
  readonly ca: string
  readonly insecure: boolean
}

export const emptyForm: ThroughForm = {
  origin: '',
  cookie: '',
  headers: '',
  cert: '',
  key: '',
  passphrase: '',
  ca: '',
  insecure: false,
}

export type FormReading =
  | { readonly ok: true; readonly extras: Extras }
  /** One sentence. */
  | { readonly ok: false; readonly says: string }

export function readForm(form: ThroughForm): FormReading {
  const lines = form.headers
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const wrong = lines.find((line) => line.indexOf(':') < 1)
  if (wrong !== undefined) {
    return { ok: false, says: `“${wrong.slice(0, 60)}” is not a header. Write Name: value.` }
  }
  const [cert, key] = [form.cert.trim(), form.key.trim()]
  if ((cert === '') !== (key === '')) {
    return {
      ok: false,
      says: `The client certificate needs ${cert === '' ? 'a certificate' : 'its key'} too.`,
    }
  }
  const cookie = form.cookie.trim()
  const headers = cookie === '' ? lines : [...lines, `Cookie: ${cookie}`]
  const origin = form.origin.trim()
  return {
    ok: true,
    extras: {
      ...(origin !== '' && { origin: origin === 'none' ? null : origin }),
      ...(headers.length > 0 && { headers }),
      ...(cert !== '' && {
        client_certificate: {
          cert,
          key,
          ...(form.passphrase !== '' && { passphrase: form.passphrase }),
        },
      }),
      ...(form.ca.trim() !== '' && { ca: form.ca.trim() }),
      ...(form.insecure && { insecure: true }),
    },
  }
}
