import { goToProblem } from '../problems/walk.ts'
import { sheets, shownGrid } from '../grids/controllers.ts'
import { setView, type App } from '../store/app.ts'
import type { DrawerName, TabName, Theme } from '../store/state.ts'
import { needsModel, type Action } from './action.ts'

const hasProblems = (state: { readonly model: { readonly problems: readonly unknown[] } }): true | string =>
  state.model.problems.length > 0 ? true : 'There are no problems'

async function setTheme(app: App, theme: Theme): Promise<void> {
  setView(app, { theme })
  await app.client.call('settings.set', { key: 'theme', value: theme })
}

function toggleDrawer(app: App, drawer: DrawerName): void {
  setView(app, { drawer: app.store.getState().view.drawer === drawer ? null : drawer })
}

function showTab(app: App, tab: TabName): void {
  setView(app, { tab })
}

/** The tab `step` places further, round the end. */
function nextTab(app: App, step: 1 | -1): void {
  const at = sheets.findIndex((sheet) => sheet.name === app.store.getState().view.tab)
  const next = sheets[(at + step + sheets.length) % sheets.length]
  if (next) showTab(app, next.name)
}

const drawers: readonly { readonly name: DrawerName; readonly title: string }[] = [
  { name: 'problems', title: 'Problems' },
  { name: 'changes', title: 'Changes' },
  { name: 'runs', title: 'Runs' },
  { name: 'history', title: 'History' },
]

/** Parts of the window in the order of F6: where each one is, and what takes the focus there. */
const regions: readonly { readonly place: string; readonly first: string }[] = [
  { place: '.explorer', first: '.tree' },
  { place: '.tabs', first: '' },
  { place: '.drawer', first: '[role=tab][aria-selected=true]' },
  { place: '.preview', first: '.cm-content' },
  { place: '.top-bar', first: 'button' },
]

/** Moves the focus to the part of the window that is `step` further, round the end. */
function focusRegion(app: App, step: 1 | -1): void {
  const shown = regions.filter((region) => document.querySelector(region.place))
  const at = shown.findIndex((region) => document.activeElement?.closest(region.place))
  const next = shown[(at + step + shown.length) % Math.max(1, shown.length)]
  if (!next) return
  if (next.first === '') shownGrid(app).focus()
  else document.querySelector<HTMLElement>(`${next.place} ${next.first}`)?.focus()
}

export const viewActions: readonly Action[] = [
  {
    id: 'go.command',
    title: 'Command palette',
    group: 'Go to',
    keywords: 'run action',
    shortcuts: ['Mod+Shift+P', 'F1'],
    run: (app) => setView(app, { dialog: { kind: 'palette', mode: 'commands' } }),
  },
  {
    id: 'go.object',
    title: 'Go to table or field…',
    group: 'Go to',
    keywords: 'find search open',
    shortcuts: ['Mod+P'],
    enabled: needsModel,
    run: (app) => setView(app, { dialog: { kind: 'palette', mode: 'objects' } }),
  },
  {
    id: 'go.nextProblem',
    title: 'Next problem',
    group: 'Go to',
    keywords: 'error warning',
    shortcuts: ['F8'],
    enabled: hasProblems,
    run: (app) => goToProblem(app, 1),
  },
  {
    id: 'go.previousProblem',
    title: 'Previous problem',
    group: 'Go to',
    keywords: 'error warning',
    shortcuts: ['Shift+F8'],
    enabled: hasProblems,
    run: (app) => goToProblem(app, -1),
  },
  {
    id: 'go.sheet',
    title: 'Focus the sheet',
    group: 'Go to',
    keywords: 'grid',
    shortcuts: ['Alt+S'],
    enabled: needsModel,
    run: (app) => shownGrid(app).focus(),
  },
  {
    id: 'go.nextRegion',
    title: 'Next part of the window',
    group: 'Go to',
    keywords: 'focus',
    shortcuts: ['F6'],
    run: (app) => focusRegion(app, 1),
  },
  {
    id: 'go.previousRegion',
    title: 'Previous part of the window',
    group: 'Go to',
    keywords: 'focus',
    shortcuts: ['Shift+F6'],
    run: (app) => focusRegion(app, -1),
  },
  {
    id: 'view.nextTab',
    title: 'Next tab',
    group: 'View',
    shortcuts: ['Alt+PageDown', 'Ctrl+Tab'],
    enabled: needsModel,
    run: (app) => nextTab(app, 1),
  },
  {
    id: 'view.previousTab',
    title: 'Previous tab',
    group: 'View',
    shortcuts: ['Alt+PageUp'],
    enabled: needsModel,
    run: (app) => nextTab(app, -1),
  },
  ...sheets.map((sheet): Action => ({
    id: `view.tab.${sheet.name}`,
    title: `Show ${sheet.label.toLowerCase()}`,
    group: 'View',
    keywords: 'tab sheet',
    enabled: needsModel,
    run: (app) => showTab(app, sheet.name),
  })),
  {
    id: 'view.wholeModel',
    title: 'Show the whole model',
    group: 'View',
    keywords: 'all tables',
    enabled: needsModel,
    run: (app) => setView(app, { tables: [] }),
  },
  {
    id: 'view.explorer',
    title: 'Show or hide the explorer',
    group: 'View',
    keywords: 'sidebar',
    shortcuts: ['Mod+B'],
    run: (app) => setView(app, { explorer: !app.store.getState().view.explorer }),
  },
  {
    id: 'view.preview',
    title: 'Show or hide the preview',
    group: 'View',
    keywords: 'sql ddl',
    run: (app) => setView(app, { preview: !app.store.getState().view.preview }),
  },
  {
    id: 'view.drawer',
    title: 'Show or hide the drawer',
    group: 'View',
    keywords: 'panel problems',
    shortcuts: ['Mod+J'],
    run: (app) => setView(app, { drawer: app.store.getState().view.drawer ? null : 'problems' }),
  },
  ...drawers.map((drawer): Action => ({
    id: `view.${drawer.name}`,
    title: `Show ${drawer.title.toLowerCase()}`,
    group: 'View',
    run: (app) => toggleDrawer(app, drawer.name),
  })),
  {
    id: 'view.columns',
    title: 'Show or hide collation and previous name',
    group: 'View',
    keywords: 'columns hidden',
    run: (app) => setView(app, { showsHiddenColumns: !app.store.getState().view.showsHiddenColumns }),
  },
  {
    id: 'view.theme.system',
    title: 'Theme: as the system',
    group: 'View',
    keywords: 'colour color',
    run: (app) => setTheme(app, 'system'),
  },
  { id: 'view.theme.light', title: 'Theme: light', group: 'View', keywords: 'colour color', run: (app) => setTheme(app, 'light') },
  { id: 'view.theme.dark', title: 'Theme: dark', group: 'View', keywords: 'colour color night', run: (app) => setTheme(app, 'dark') },
  {
    id: 'view.contrast',
    title: 'High contrast on or off',
    group: 'View',
    keywords: 'accessibility',
    run: async (app) => {
      const isHighContrast = !app.store.getState().view.isHighContrast
      setView(app, { isHighContrast })
      await app.client.call('settings.set', { key: 'highContrast', value: isHighContrast })
    },
  },
]
