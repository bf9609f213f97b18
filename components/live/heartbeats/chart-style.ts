'use client'
import { createContext } from 'react'
import type { ChartPicture } from './chart-data.ts'

/** What the chart draws now. A context, so that the library between chart and drawing sleeps while it changes. */
export const PictureContext = createContext<ChartPicture | null>(null)

export const axisText = { fill: 'var(--color-faint)', fontSize: 11, fontFamily: 'var(--font-mono)' }
