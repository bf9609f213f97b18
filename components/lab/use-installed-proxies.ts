'use client'
import { useEffect, useState } from 'react'
import { installedProxies } from '#components/api/lab.ts'

const nothing: ReadonlyMap<string, string> = new Map()

/** The real proxies of the server's machine, by kind, each with its version in words; empty until known. */
export function useInstalledProxies(): ReadonlyMap<string, string> {
  const [proxies, setProxies] = useState(nothing)
  useEffect(() => {
    let gone = false
    void installedProxies().then((found) => !gone && setProxies(found))
    return () => {
      gone = true
    }
  }, [])
  return proxies
}
