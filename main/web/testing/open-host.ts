import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApiEvent } from '../../../app/api/api.ts'
import { createWebHost } from '../server.ts'
import type { WebHostOptions } from '../server.ts'

export interface Answer {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** A host over a window of two files, which records every call that reaches the core. */
export interface TestHost {
  readonly port: number
  readonly token: string
  readonly calls: readonly string[]
  /** Spends the token; gives the cookie header's value. */
  session(): Promise<string>
  /** Sends bytes as they are, and reads until the host closes. */
  raw(request: string): Promise<Answer>
  emit(event: ApiEvent): void
  listening(): number
  close(): Promise<void>
}

export async function openTestHost(options: Partial<WebHostOptions> = {}): Promise<TestHost> {
  const root = await mkdtemp(join(tmpdir(), 'metamigrate-web-'))
  const folder = join(root, 'window')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>window</title>')
  await writeFile(join(folder, 'assets', 'app.js'), 'export {}')
  await writeFile(join(root, 'secret.js'), 'SECRET')
  await symlink(join(root, 'secret.js'), join(folder, 'assets', 'link.js'))
  const calls: string[] = []
  const listeners = new Set<(event: ApiEvent) => void>()
  const bridge: WebHostOptions['bridge'] = {
    dispatch: async (name) => {
      calls.push(name)
      return { ok: true, value: 'REACHED' }
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const host = await createWebHost({ bridge, folder, port: 0, ...options })
  const token = new URL(host.url).searchParams.get('token') ?? ''
  const raw = (request: string) => rawRequest(host.port, request)
  return {
    port: host.port,
    token,
    calls,
    raw,
    session: async () => (await raw(requestText(host.port, 'GET', `/?token=${token}`))).headers.get('set-cookie')?.split(';')[0] ?? '',
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    listening: () => listeners.size,
    close: async () => {
      await host.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

/** A request as text; the headers given replace the usual ones, null leaves one out. */
export function requestText(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string | null>> = {},
  body = '',
): string {
  const all: Record<string, string | null> = {
    host: `127.0.0.1:${port}`,
    connection: 'close',
    ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

function rawRequest(port: number, request: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
    })
    socket.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(parseAnswer(text)) : reject(error),
    )
    socket.once('close', () => resolve(parseAnswer(text)))
    socket.write(request)
  })
}

function parseAnswer(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [status = '', ...lines] = head.split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()] as const),
  )
  return { status: Number(status.split(' ')[1] ?? 0), headers, body: rest.join('\r\n\r\n') }
}
