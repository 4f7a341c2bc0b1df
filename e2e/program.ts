import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const outputFolder = join(root, 'e2e', 'output')

/** Flags without which Chromium calls its vendor's hosts; `--no-sandbox` since tests may run as root. */
const chromiumFlags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** The built loopback host as a person starts it, with a data folder of its own. */
export interface Host {
  readonly url: string
  readonly home: string
  readonly pid: number
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>
  stop(): Promise<void>
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

/** Starts dist/main/host.js and gives its one-time address. `home` is kept when it was given. */
export async function startHost(options: { path?: string; home?: string; cwd?: string; env?: Record<string, string> } = {}): Promise<Host> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'metamigrate-e2e-')))
  const args = [join(root, 'dist', 'main', 'host.js'), ...(options.path === undefined ? [] : [options.path]), '--no-open']
  const child = spawn(process.execPath, args, { cwd: options.cwd ?? root, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, METAMIGRATE_HOME: home, ...options.env } })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line)
      const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(line)
      if (address) resolve(address[0])
    })
    child.once('exit', (code) => reject(new Error(`the host ended with ${code} before it gave its address:\n${said.join('\n')}`)))
  })
  const finish = async (signal: NodeJS.Signals, keep: boolean) => {
    child.kill(signal)
    await ended(child)
    if (!keep) await rm(home, { recursive: true, force: true })
  }
  return { url, home, pid: child.pid ?? 0, kill: () => finish('SIGKILL', true), stop: () => finish('SIGTERM', options.home !== undefined) }
}

export interface ViewOptions {
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
}

let browser: Browser | undefined

async function sharedBrowser(): Promise<Browser> {
  browser ??= await chromium.launch({ executablePath: process.env['METAMIGRATE_CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags })
  return browser
}

export async function closeBrowser(): Promise<void> {
  await browser?.close()
  browser = undefined
}

/** A page of Debian's Chromium; every error of the page or its console is gathered in `errors`. */
export async function openPage(url: string, options: ViewOptions = {}): Promise<{ page: Page; errors: string[] }> {
  const context = await (await sharedBrowser()).newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.dark === true ? 'dark' : 'light',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await page.goto(url)
  return { page, errors }
}
