import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { mono, sans } from '#components/shell/fonts.ts'
import { Shell } from '#components/shell/shell.tsx'
import { parseTheme, themeCookie } from '#components/shell/theme.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Live · Why1006', template: '%s · Why1006' },
  description: 'Find out why a WebSocket connection failed, with evidence and a fix.',
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
}
export const viewport: Viewport = { colorScheme: 'dark light' }

/** Reading a cookie makes every page dynamic, which the nonce of the content security policy needs. */
export default async function Layout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value)
  return (
    <html lang="en" data-theme={theme} className={`${sans.variable} ${mono.variable}`}>
      <body>
        <Shell theme={theme}>{children}</Shell>
      </body>
    </html>
  )
}
