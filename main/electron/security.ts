import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron'

/** The one place that the window's pages come from. */
export const appScheme = 'metamigrate'
export const appOrigin = `${appScheme}://app`

/** What a page may do: nothing but what the preload script hands it. */
export const webPreferences = (preload: string): WebPreferences => ({
  preload,
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  safeDialogs: true,
})

/** The window as it first appears. */
export const windowOptions = (preload: string): BrowserWindowConstructorOptions => ({
  width: 1440,
  height: 900,
  minWidth: 800,
  minHeight: 500,
  show: false,
  title: 'MetaMigrate',
  autoHideMenuBar: true,
  webPreferences: webPreferences(preload),
})

/** Rights of the custom scheme: that of an ordinary secure page, and no way around the policy. */
export const schemePrivileges = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  bypassCSP: false,
  allowServiceWorkers: false,
  corsEnabled: false,
  stream: false,
} as const

/** Whether an address is a page of ours; anything that cannot be read is not. */
export function isOwnPage(url: string): boolean {
  const parsed = URL.parse(url)
  return (
    parsed !== null &&
    parsed.protocol === `${appScheme}:` &&
    parsed.host === 'app' &&
    parsed.username === '' &&
    parsed.password === '' &&
    parsed.port === ''
  )
}

/** The only rights that a page of ours has: the clipboard's text, at the person's own gesture. */
export const isAllowedPermission = (permission: string, url: string): boolean =>
  permission === 'clipboard-sanitized-write' && isOwnPage(url)

/** The parts of a message's sender that decide whether it is heard. */
export interface Sender {
  /** Address of the frame; null when it is gone. */
  readonly url: string | null
  /** Whether it is the window's own top frame. */
  readonly isMainFrame: boolean
}

/** Whether a message may be heard: from the top frame of a window of ours, showing a page of ours. */
export const isTrustedSender = ({ url, isMainFrame }: Sender): boolean => isMainFrame && url !== null && isOwnPage(url)
