'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { IconButton } from '#components/ui/button.tsx'
import { Icon } from '#components/ui/icon.tsx'
import { nextTheme, type Theme } from './theme.ts'
import { chooseTheme, useTheme } from './theme-choice.ts'

const faces = {
  system: { icon: Monitor, label: 'Theme: system' },
  dark: { icon: Moon, label: 'Theme: dark' },
  light: { icon: Sun, label: 'Theme: light' },
} satisfies Record<Theme, unknown>

/** Goes through system, dark and light. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const theme = useTheme(initial)
  return (
    <IconButton label={faces[theme].label} onClick={() => chooseTheme(nextTheme(theme))}>
      <Icon of={faces[theme].icon} />
    </IconButton>
  )
}
