'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { nextTheme, type Theme, themeCookie } from './theme.ts'

const faces = {
  system: { icon: Monitor, label: 'Theme: system' },
  dark: { icon: Moon, label: 'Theme: dark' },
  light: { icon: Sun, label: 'Theme: light' },
} satisfies Record<Theme, unknown>

const yearSeconds = 31_536_000

/** Goes through system, dark and light; the choice is kept for a year. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const choose = () => {
    const next = nextTheme(theme)
    setTheme(next)
    document.documentElement.dataset.theme = next
    // The cookie store is missing where the page is served over http from another host.
    // biome-ignore lint/suspicious/noDocumentCookie: see above
    document.cookie = `${themeCookie}=${next}; path=/; max-age=${yearSeconds}; samesite=lax`
  }
  return (
    <IconButton label={faces[theme].label} onClick={choose}>
      <Icon of={faces[theme].icon} />
    </IconButton>
  )
}
