import { createRoot } from 'react-dom/client'
import { makeIds } from '../app/model/id.ts'
import { MetaMigrateError } from '../app/errors.ts'
import { listenToKeys } from './actions/shortcuts.ts'
import { connectClient } from './client/client.ts'
import { Window } from './shell/window.tsx'
import { guardUnsaved } from './start/leave.ts'
import { keepDrafts } from './drafts/keep-drafts.ts'
import { followHost } from './start/pulse.ts'
import { followTheme, startApp } from './start/start.ts'
import { AppContext, createApp } from './store/app.ts'
import 'react-data-grid/lib/styles.css'
import './theme/tokens.css'
import './theme/base.css'
import './theme/layout.css'
import './theme/sheet.css'
import './theme/panels.css'
import './theme/dialogs.css'

const root = document.querySelector('#root')
if (!root) throw new MetaMigrateError('UNREACHABLE', 'The page has no place for the window.')

const random = () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32
const newId = makeIds(random)
const windowId = newId()
const app = createApp(connectClient(), newId, { windowId, lastWindowId: sessionStorage.getItem('window') })
sessionStorage.setItem('window', windowId)

followTheme(app)
listenToKeys(app)
keepDrafts(app)
guardUnsaved(app)
createRoot(root).render(
  <AppContext value={app}>
    <Window />
  </AppContext>,
)
void startApp(app)
followHost(app)
