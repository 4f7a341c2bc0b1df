import { app, BrowserWindow, ipcMain, Menu, protocol, session } from 'electron'
import { join, resolve } from 'node:path'
import { messageOf } from '../../app/errors.ts'
import { dataFolder, programFolder } from '../service/paths.ts'
import { createService } from '../service/service.ts'
import { bindCalls, bindEvents } from './ipc.ts'
import { bindProtocol } from './protocol.ts'
import { appOrigin, appScheme, schemePrivileges, windowOptions } from './security.ts'
import { guardContents, guardSession, showWhenReady } from './window.ts'

// The desktop shell: it binds the same handlers as the loopback host, and adds nothing to them.

const root = programFolder()
const dist = join(root, 'dist')

// Both must be settled before the application is ready.
protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { ...schemePrivileges } }])
app.enableSandbox()

function startPath(argv: readonly string[]): string | null {
  const path = argv.slice(app.isPackaged ? 1 : 2).find((arg) => !arg.startsWith('-'))
  return path === undefined ? null : resolve(path)
}

async function start(): Promise<void> {
  await app.whenReady()
  const service = createService({
    dataDir: dataFolder(process.env),
    env: process.env,
    host: 'electron',
    startPath: startPath(process.argv),
    folder: process.cwd(),
    unexpected: (call, error) => process.stderr.write(`${call} failed: ${messageOf(error)}\n`),
  })
  guardSession(session.defaultSession)
  bindProtocol(protocol, join(dist, 'renderer'))
  bindCalls(ipcMain, service)
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  // macOS takes copy and paste from the menu; elsewhere the window has all it needs.
  Menu.setApplicationMenu(
    process.platform === 'darwin' ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null,
  )
  const open = async () => {
    const window = new BrowserWindow(windowOptions(join(dist, 'main', 'preload.cjs')))
    showWhenReady(window)
    bindEvents(window.webContents, service)
    await window.loadURL(`${appOrigin}/`)
  }
  await open()
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open()
  })
  app.on('second-instance', () => BrowserWindow.getAllWindows()[0]?.focus())
  app.on('window-all-closed', () => app.quit())
  let closed = false
  // A run at work is cancelled and has rolled back before the program goes.
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    closed = true
    void service.close().finally(() => app.quit())
  })
}

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    process.stderr.write(`MetaMigrate could not start: ${messageOf(error)}\n`)
    app.exit(1)
  })
} else app.quit()
