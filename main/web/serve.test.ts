import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserCommand } from './open-browser.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'metamigrate-serve-'))
  writeFileSync(join(folder, 'index.html'), 'window')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A process that serves until it is told to end, and prints its address; `port` 0 for a free one. */
const script = (port: number) => `
  import { serve } from ${JSON.stringify(join(import.meta.dirname, 'serve.ts'))}
  const served = await serve({ path: null, port: ${port}, env: process.env, window: ${JSON.stringify(folder)}, log: () => undefined }).catch((error) => { console.log(error.code); process.exit(1) })
  console.log(served.url)
  await served.ended
  console.log('ended')`
const env = () => ({ ...process.env, METAMIGRATE_HOME: join(folder, 'home') })

function start(stdin: 'pipe' | 'ignore', port = 0): { readonly child: ChildProcess; readonly said: string[] } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script(port)], { stdio: [stdin, 'pipe', 'inherit'], env: env() })
  const said: string[] = []
  child.stdout?.on('data', (part: Buffer) => said.push(part.toString()))
  return { child, said }
}

const saysAddress = (said: readonly string[]) =>
  expect.poll(() => said.join(''), { timeout: 20_000 }).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[A-Za-z0-9_-]{43}\n/)

describe('serve', () => {
  it('ends cleanly when its launcher lets go of its input', async () => {
    const { child, said } = start('pipe')
    await saysAddress(said)
    child.stdin?.end()
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(said.join('')).toContain('ended')
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('ends cleanly on %s, and does not need an input', async (signal) => {
    const { child, said } = start('ignore')
    await saysAddress(said)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('ends when its launcher is killed without a word', async () => {
    const launcher = spawn(
      process.execPath,
      [
        '-e',
        `
      const child = require('node:child_process').spawn(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(script(0))}], { stdio: ['pipe', 'pipe', 'inherit'] })
      child.stdout.on('data', (part) => process.stdout.write(part)); process.stdout.write(child.pid + '\\n')`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: env() },
    )
    const said: string[] = []
    launcher.stdout.on('data', (part: Buffer) => said.push(part.toString()))
    await expect.poll(() => said.join(''), { timeout: 20_000 }).toMatch(/token=/)
    const pid = Number(/^(\d+)$/m.exec(said.join(''))?.[1])
    launcher.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false)
  })

  it('is found again at the same port by a page that had its session, and by no other', async () => {
    const first = start('ignore')
    await saysAddress(first.said)
    const { origin } = new URL(first.said.join('').trim())
    const given = await fetch(first.said.join('').trim(), { redirect: 'manual' })
    const cookie = given.headers.get('set-cookie')?.split(';')[0] ?? ''
    first.child.kill('SIGKILL')
    await once(first.child, 'exit')
    const second = start('ignore')
    await saysAddress(second.said)
    expect(new URL(second.said.join('').trim()).origin).toBe(origin)
    const ask = (own: string) => fetch(`${origin}/rpc/target.list`, { method: 'POST', headers: { origin, cookie: own, 'content-type': 'application/json' }, body: '{}' })
    expect([(await ask(cookie)).status, (await ask(`${cookie}x`)).status]).toEqual([200, 403])
    // While it has the port, a third one takes another, with a session of its own.
    const third = start('ignore')
    await saysAddress(third.said)
    expect(new URL(third.said.join('').trim()).origin).not.toBe(origin)
    for (const { child } of [second, third]) child.kill('SIGKILL')
  })

  it('says plainly that a port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const { child, said } = start('ignore', typeof address === 'object' ? (address?.port ?? 0) : 0)
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(said.join('')).toBe('PORT_TAKEN\n')
    other.close()
  })
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false // no such process: the answer
  }
}

describe('browserCommand', () => {
  it('names one fixed program of the system, and none where no one would see it', () => {
    expect(browserCommand('http://x', {}, 'darwin')).toEqual(['open', ['http://x']])
    expect(browserCommand('http://x', {}, 'win32')).toEqual(['rundll32', ['url.dll,FileProtocolHandler', 'http://x']])
    expect(browserCommand('http://x', { DISPLAY: ':0' }, 'linux')).toEqual(['xdg-open', ['http://x']])
    expect(browserCommand('http://x', {}, 'linux')).toBe(null)
  })
})
