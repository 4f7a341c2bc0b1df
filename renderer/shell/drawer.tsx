import { Tabs } from '@base-ui/react/tabs'
import type { Finding } from '../../app/model/finding.ts'
import { useState } from 'react'
import { ChangesPanel } from '../problems/changes-panel.tsx'
import { Icon } from '../parts/icon.tsx'
import { HistoryPanel } from '../problems/history-panel.tsx'
import { ProblemsPanel } from '../problems/problems-panel.tsx'
import { RunsPanel } from '../runs/runs-panel.tsx'
import { setView, useApp, useAppHandle } from '../store/app.ts'
import type { DrawerName } from '../store/state.ts'

/** Errors and warnings; notes are listed, but call nobody. */
const countOf = (findings: readonly Finding[]): number => findings.reduce((sum, finding) => sum + (finding.severity === 'info' ? 0 : 1), 0)

/** Problems, changes, runs and history below the sheet. The bar stays when the drawer is closed. */
export function Drawer() {
  const app = useAppHandle()
  const drawer = useApp((state) => state.view.drawer)
  const problems = useApp((state) => countOf(state.model.problems) + countOf(state.model.loadFindings))
  const errors = useApp((state) => state.model.problems.some((finding) => finding.severity === 'error'))
  const waiting = useApp((state) => state.tasks.runs.filter((run) => run.state === 'interrupted').length)
  const changes = useApp((state) => (state.model.isDirty ? state.model.edits : 0))
  const [last, setLast] = useState<DrawerName>('problems')
  if (drawer !== null && drawer !== last) setLast(drawer)
  return (
    <Tabs.Root
      className={`drawer ${drawer ? 'is-open' : ''} ${drawer === 'runs' ? 'is-tall' : ''}`}
      value={drawer ?? last}
      onValueChange={(value: DrawerName) => setView(app, { drawer: value })}
    >
      <div className="drawer-bar">
        <Tabs.List className="tab-list" aria-label="Drawer">
          <DrawerTab name="problems" label="Problems" count={problems} tone={errors ? 'error' : 'warning'} />
          <DrawerTab name="changes" label="Changes" count={0} tone={changes ? 'warning' : ''} />
          <DrawerTab name="runs" label="Runs" count={waiting} tone="warning" />
          <DrawerTab name="history" label="History" count={0} tone="" />
        </Tabs.List>
        <button
          type="button"
          className="button quiet icon-only"
          aria-label={drawer ? 'Close the drawer' : 'Open the drawer'}
          title={drawer ? 'Close the drawer' : 'Open the drawer'}
          onClick={() => setView(app, { drawer: drawer ? null : last })}
        >
          <Icon name={drawer ? 'close' : 'panelBottom'} />
        </button>
      </div>
      {drawer ? (
        <>
          <Tabs.Panel value="problems" className="drawer-panel" tabIndex={-1}>
            <ProblemsPanel />
          </Tabs.Panel>
          <Tabs.Panel value="changes" className="drawer-panel" tabIndex={-1}>
            <ChangesPanel />
          </Tabs.Panel>
          <Tabs.Panel value="runs" className="drawer-panel" tabIndex={-1}>
            <RunsPanel />
          </Tabs.Panel>
          <Tabs.Panel value="history" className="drawer-panel" tabIndex={-1}>
            <HistoryPanel />
          </Tabs.Panel>
        </>
      ) : null}
    </Tabs.Root>
  )
}

function DrawerTab({
  name,
  label,
  count,
  tone,
}: {
  readonly name: DrawerName
  readonly label: string
  readonly count: number
  readonly tone: string
}) {
  const app = useAppHandle()
  const drawer = useApp((state) => state.view.drawer)
  return (
    <Tabs.Tab value={name} className="tab" onClick={() => drawer === null && setView(app, { drawer: name })}>
      {label}
      {count > 0 ? <span className={`badge ${tone}`}>{count.toLocaleString('en')}</span> : null}
    </Tabs.Tab>
  )
}
