import type { BrowserWindow, Session, WebContents } from 'electron'
import { isAllowedPermission, isOwnPage } from './security.ts'

type Guarded = Pick<WebContents, 'on' | 'setWindowOpenHandler'>

/** Keeps a window on its page: it opens nothing, embeds nothing and goes nowhere else. */
export function guardContents(contents: Guarded): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

/** Denies a session everything that a page could ask of the system, but for putting text on the clipboard. */
export function guardSession(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(isAllowedPermission(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => isAllowedPermission(permission, `${origin.replace(/\/$/, '')}/`))
  session.setDevicePermissionHandler(() => false)
}

/** Shows a window once its page is painted, so that no white flash is seen. */
export function showWhenReady(window: Pick<BrowserWindow, 'once' | 'show'>): void {
  window.once('ready-to-show', () => window.show())
}
