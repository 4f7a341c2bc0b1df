import { Tabs } from '@base-ui/react/tabs'
import { sheets } from '../grids/controllers.ts'
import { SheetGrid } from '../grids/sheet-grid.tsx'
import { setView, useApp, useAppHandle } from '../store/app.ts'
import type { TabName } from '../store/state.ts'
import { ShownTables } from './shown-tables.tsx'

/** The sheets as tabs; only the shown one is drawn. */
export function SheetTabs() {
  const app = useAppHandle()
  const tab = useApp((state) => state.view.tab)
  return (
    <Tabs.Root className="tabs" value={tab} onValueChange={(value: TabName) => setView(app, { tab: value })}>
      <div className="tab-bar">
        <Tabs.List className="tab-list" aria-label="Sheets">
          {sheets.map((sheet) => (
            <Tabs.Tab key={sheet.name} value={sheet.name} className="tab">
              {sheet.label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <ShownTables />
      </div>
      {sheets.map((sheet) => (
        <Tabs.Panel key={sheet.name} value={sheet.name} className="tab-panel" tabIndex={-1}>
          {sheet.name === tab ? <SheetGrid sheet={sheet} /> : null}
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}
