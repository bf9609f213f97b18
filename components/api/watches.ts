'use client'
/** What the server keeps and watches, as the pages ask for it. Everything rejects with a `ProblemError`. */
import { type WatchDetail, type WatchList, type WatchOrder, watchDetail, watchList } from '#lib/api/watch.ts'
import { deleteJson, getJson, postJson } from './request.ts'

export const fetchWatches = (signal?: AbortSignal): Promise<WatchList> =>
  getJson('/api/watches', watchList, signal)

/** Its code is `not_found` where there is none of this id. */
export const fetchWatch = (id: string, signal?: AbortSignal): Promise<WatchDetail> =>
  getJson(pathOf(id), watchDetail, signal)

export const createWatch = (order: WatchOrder): Promise<WatchDetail> =>
  postJson('/api/watches', order, watchDetail)

export const startWatch = (id: string): Promise<WatchDetail> =>
  postJson(`${pathOf(id)}/start`, {}, watchDetail)

export const stopWatch = (id: string): Promise<WatchDetail> => postJson(`${pathOf(id)}/stop`, {}, watchDetail)

export const removeWatch = (id: string): Promise<WatchDetail> => deleteJson(pathOf(id), watchDetail)

const pathOf = (id: string): string => `/api/watches/${encodeURIComponent(id)}`
