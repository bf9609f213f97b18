import { CopyButton } from '#components/ui/copy-button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import type { RunningProxy } from '#lib/api/lab.ts'

interface Props {
  proxy: Pick<RunningProxy, 'label' | 'excerpt' | 'config' | 'url'>
}

/** The configuration that makes the fault on a real proxy; the whole of it on request. */
export function ProxyPanel({ proxy: { label, excerpt, config, url } }: Props) {
  return (
    <Panel
      title={label}
      note={<span className="figures">{url.replace('ws://', '')}</span>}
      actions={<CopyButton text={config} what="Configuration" />}
    >
      <pre className="figures px-3.5 py-3 whitespace-pre-wrap wrap-anywhere">{excerpt.trim()}</pre>
      <details className="border-t border-line px-3.5 py-2">
        <summary className="text-soft">The whole configuration</summary>
        <pre className="figures pt-2 whitespace-pre-wrap wrap-anywhere text-soft">{config.trim()}</pre>
      </details>
    </Panel>
  )
}
