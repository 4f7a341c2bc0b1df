import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { contentSecurityPolicy } from '../web/security-headers.ts'
import { answerMessage, senderOf } from './ipc.ts'
import { answerPage } from './protocol.ts'
import { isAllowedPermission, isOwnPage, isTrustedSender, schemePrivileges, windowOptions } from './security.ts'

const own = { url: 'metamigrate://app/', isMainFrame: true }
const heard: unknown[] = []
const bridge = {
  dispatch: async (name: string, args: unknown) => {
    heard.push([name, args])
    return { ok: true as const, value: null }
  },
}

const folder = mkdtempSync(join(tmpdir(), 'metamigrate-shell-'))
mkdirSync(join(folder, 'window', 'assets'), { recursive: true })
writeFileSync(join(folder, 'window', 'index.html'), 'page')
writeFileSync(join(folder, 'secret.js'), 'SECRET')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('windowOptions', () => {
  it('isolates, sandboxes, and gives a page nothing of Node', () => {
    expect(windowOptions('/p.cjs').webPreferences).toEqual({
      preload: '/p.cjs',
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
  })
  it('gives the scheme no way around the policy', () => {
    expect(schemePrivileges).toEqual({
      standard: true,
      secure: true,
      supportFetchAPI: true,
      bypassCSP: false,
      allowServiceWorkers: false,
      corsEnabled: false,
      stream: false,
    })
  })
})

describe('isOwnPage', () => {
  it.each(['metamigrate://app/', 'metamigrate://app/assets/a.js', 'metamigrate://app'])('takes %s', (url) =>
    expect(isOwnPage(url)).toBe(true),
  )
  it.each([
    'metamigrate://evil/',
    'metamigrate://app.evil/',
    'metamigrate://u@app/',
    'metamigrate://app:1/',
    'http://app/',
    'https://metamigrate/',
    'file:///app/',
    'metamigrate:app',
    'javascript:1',
    'about:blank',
    'data:text/html,x',
    '',
  ])('refuses "%s"', (url) => expect(isOwnPage(url)).toBe(false))
})

describe('isAllowedPermission', () => {
  it('lets a page of ours put text on the clipboard, and nothing else', () => {
    const permissions = [
      'clipboard-sanitized-write',
      'clipboard-read',
      'media',
      'geolocation',
      'notifications',
      'midi',
      'openExternal',
      'fullscreen',
      'hid',
      'usb',
      'serial',
      'fileSystem',
    ]
    expect(permissions.filter((permission) => isAllowedPermission(permission, 'metamigrate://app/'))).toEqual(['clipboard-sanitized-write'])
    expect(permissions.filter((permission) => isAllowedPermission(permission, 'https://evil.com/'))).toEqual([])
  })
})

describe('answerMessage', () => {
  it('hears the top frame of our page', async () => {
    expect(await answerMessage(bridge, own, 'app.start', '{}')).toEqual({ ok: true, value: null })
    expect(heard.splice(0)).toEqual([['app.start', {}]])
  })
  it.each([
    ['a frame inside the page', { url: 'metamigrate://app/', isMainFrame: false }],
    ['another page', { url: 'https://evil.com/', isMainFrame: true }],
    ['a page that is gone', { url: null, isMainFrame: true }],
  ])('does not hear %s', async (_, sender) => {
    expect(isTrustedSender(sender)).toBe(false)
    expect(await answerMessage(bridge, sender, 'app.start', '{}')).toMatchObject({ ok: false, error: { code: 'NOT_PERMITTED' } })
  })
  it.each([['__proto__'], ['toString'], [''], [null], [1], [{}], ['app.start ']])('knows no call %j', async (name) => {
    expect(await answerMessage(bridge, own, name, '{}')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_CALL' } })
  })
  it.each([[undefined], [null], [{}], [[]], [''], ['{'], ['undefined']])('takes no arguments %j', async (json) => {
    expect(await answerMessage(bridge, own, 'app.start', json)).toMatchObject({ ok: false, error: { code: 'BAD_ARGUMENTS' } })
  })
  it('takes no arguments over the limit of the call', async () => {
    expect(await answerMessage(bridge, own, 'settings.set', `"${'x'.repeat(1024 * 1024)}"`)).toMatchObject({
      ok: false,
      error: { code: 'BAD_ARGUMENTS' },
    })
  })
  it('made no call for any message that it refused', () => expect(heard).toEqual([]))
})

describe('senderOf', () => {
  it('is nobody when the frame is gone', () => expect(senderOf({ senderFrame: null })).toEqual({ url: null, isMainFrame: false }))
})

describe('answerPage', () => {
  const window = join(folder, 'window')
  it('gives files of the window under the policy of the loopback host', async () => {
    const response = await answerPage({ url: 'metamigrate://app/', method: 'GET' }, window)
    expect([response.status, await response.text(), response.headers.get('content-security-policy')]).toEqual([
      200,
      'page',
      contentSecurityPolicy,
    ])
  })
  it.each([
    'metamigrate://app/../secret.js',
    'metamigrate://app/%2e%2e/secret.js',
    'metamigrate://app/..%2fsecret.js',
    'metamigrate://app/..%5csecret.js',
    'metamigrate://evil/index.html',
    'file:///etc/passwd',
  ])('has nothing at %s', async (url) => {
    const response = await answerPage({ url, method: 'GET' }, window)
    expect([response.status, (await response.text()).includes('SECRET')]).toEqual([404, false])
  })
  it('answers GET alone', async () => expect((await answerPage({ url: 'metamigrate://app/', method: 'POST' }, window)).status).toBe(404))
})

describe('electron-builder.yml', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'electron-builder.yml'), 'utf8')
  it('packs the build, the assets and no source', () => {
    const files = /\nfiles:\n((?: {2}- .*\n)+)/
      .exec(text)?.[1]
      ?.split('\n')
      .map((line) => line.replace(/^ {2}- "?|"$/g, ''))
      .filter((line) => line !== '')
    expect(files).toEqual([
      'dist/main/**/*',
      'dist/renderer/**/*',
      'assets/**/*',
      'package.json',
      'LICENSE',
      '!**/*.map',
      '!**/*.ts',
      '!**/*.test.*',
      '!node_modules/node-linux-*/**',
      '!node_modules/node-win-*/**',
    ])
  })
  it('sets every fuse that keeps others from running code in it', () => {
    for (const fuse of [
      'enableNodeOptionsEnvironmentVariable: false',
      'enableNodeCliInspectArguments: false',
      'enableEmbeddedAsarIntegrityValidation: true',
      'onlyLoadAppFromAsar: true',
      'grantFileProtocolExtraPrivileges: false',
    ])
      expect(text).toContain(`\n  ${fuse}\n`)
  })
})
