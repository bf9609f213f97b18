'use client'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type Experiment, type ExperimentState, nothingYet } from './experiment.ts'

const none = createStore<ExperimentState>(() => nothingYet)

/** A narrow part of an experiment's state; of an empty one where there is none. */
export function useExperiment<T>(experiment: Experiment | null, selector: (state: ExperimentState) => T): T {
  return useStore(experiment?.store ?? none, selector)
}
