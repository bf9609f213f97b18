'use client'
import { type FormEvent, useId } from 'react'
import { useStore } from 'zustand'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { fieldBox, fieldInput } from '#components/ui/field.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Segmented } from '#components/ui/segmented.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { type FaultId, faultOf } from '#lib/lab/faults.ts'
import { ownEndpoints } from '#lib/protocol/own-endpoint.ts'
import { KnobRow, SettingRow } from './knob-row.tsx'
import { runStore, startRun } from './run.ts'
import { TakeAway } from './take-away.tsx'
import { useInstalledProxies } from './use-installed-proxies.ts'
import type { HeartbeatSetting, Settings } from './use-settings.ts'

const endpointOptions = ownEndpoints.map((value) => ({ value, label: value }))

interface Props {
  fault: FaultId
  settings: Settings
  className?: string
}

/** The form "Set up": the knobs of a fault, what is behind it, and Run. Enter in any field runs. */
export function SettingsPanel({ fault, settings, className }: Props) {
  const { knobs, heartbeat, endpoint, isFixed, opening, set } = settings
  const starting = useStore(runStore, (run) => run.status === 'starting')
  const failure = useStore(runStore, (run) =>
    run.status === 'failed' && run.fault === fault ? run.says : null,
  )
  const proxies = useProxyOptions(fault)
  const chosen = proxies.find(({ value }) => value === settings.proxy)
  const proxy = chosen?.value ?? 'simulated'
  const run = (event: FormEvent) => {
    event.preventDefault()
    if (opening !== null && !starting) void startRun(opening, proxy === 'simulated' ? null : proxy)
  }
  const formId = useId()
  return (
    <Panel
      title="Set up"
      className={className}
      actions={
        <Button type="submit" form={formId} look="primary" disabled={opening === null || starting}>
          {starting ? 'Starting' : 'Run'}
        </Button>
      }
    >
      <form
        id={formId}
        aria-label="Set up"
        onSubmit={run}
        className="flex flex-1 flex-col gap-2.5 px-3.5 py-3"
      >
        <p role="status" className="text-dead empty:hidden">
          {failure}
        </p>
        {knobs.map((setting) => (
          <KnobRow key={setting.name} setting={setting} onChange={(text) => set({ [setting.name]: text })} />
        ))}
        <HeartbeatRow
          says="Server ping interval"
          name="ping_interval"
          usual="default"
          setting={heartbeat.interval}
          onChange={(text) => set({ ping_interval: text })}
        />
        <HeartbeatRow
          says="Server ping timeout"
          name="ping_timeout"
          usual="half"
          setting={heartbeat.timeout}
          onChange={(text) => set({ ping_timeout: text })}
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line pt-2.5">
          <Segmented
            label="Endpoint"
            options={endpointOptions}
            value={endpoint}
            onChange={(at) => set({ at: at === faultOf(fault).open.endpoint ? null : at })}
          />
          {faultOf(fault).real.length > 0 && (
            <Segmented
              label="Proxy"
              // A row of its own from the beginning: those that are installed come later, and widen it.
              className="max-sm:basis-full"
              options={proxies}
              value={proxy}
              onChange={(on) => set({ on: on === 'simulated' ? null : on })}
            />
          )}
          <Switch
            className="basis-full"
            label="Turn the fault off"
            title="Same URL, without the fault."
            checked={isFixed}
            onChange={(event) => set({ fixed: event.target.checked ? 'yes' : null })}
          />
        </div>
        <TakeAway opening={opening} proxyLabel={proxy === 'simulated' ? null : (chosen?.label ?? null)} />
      </form>
    </Panel>
  )
}

function useProxyOptions(fault: FaultId) {
  const installed = useInstalledProxies()
  const kinds = faultOf(fault).real.filter((kind) => installed.has(kind))
  return [
    { value: 'simulated' as const, label: 'simulated' },
    ...kinds.map((value) => ({ value, label: installed.get(value) ?? value })),
  ]
}

interface HeartbeatProps {
  says: string
  name: string
  /** What stands where nothing is given. */
  usual: string
  setting: HeartbeatSetting
  onChange: (text: string) => void
}

function HeartbeatRow({ says, name, usual, setting, onChange }: HeartbeatProps) {
  const id = useId()
  return (
    <SettingRow
      id={id}
      says={says}
      note={<code className="text-tiny">{name}</code>}
      problem={setting.problem}
    >
      <span className={cx(fieldBox, 'h-[1.875rem] w-36 max-sm:w-full pointer-coarse:h-12')}>
        <input
          id={id}
          value={setting.text}
          placeholder={usual}
          maxLength={20}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          aria-invalid={setting.problem !== null}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
          className={cx(fieldInput, 'pointer-coarse:h-full')}
        />
        <span className="figures text-faint">s</span>
      </span>
    </SettingRow>
  )
}
