import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ApiEvent, Reply } from '../../../app/api/api.ts'
import { answerMessage } from '../../electron/ipc.ts'
import { createWebHost } from '../../web/server.ts'
import { createService } from '../service.ts'
import type { Service } from '../service.ts'

/** One way from a face to the core. */
export interface Carrier {
  /** A call as unchecked as a face may send it. */
  send(name: string, args: unknown): Promise<Reply<unknown>>
  /** Hears every event from now on. */
  listen(listener: (event: ApiEvent) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** A service in a folder of its own. */
export async function openTestService(
  startPath: string | null = null,
): Promise<{ readonly service: Service; readonly folder: string; readonly dataDir: string; dispose(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'metamigrate-service-'))
  const dataDir = join(folder, 'data')
  const service = createService({ dataDir, env: {}, host: 'web', startPath, folder })
  const dispose = async () => {
    await service.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { service, folder, dataDir, dispose }
}

/** Straight to the dispatcher, as the command line does. */
async function inProcess(service: Service): Promise<Carrier> {
  return { send: service.dispatch, listen: async (listener) => asyncStop(service.listen(listener)), close: async () => undefined }
}

/** As the desktop window's messages come: JSON text from the top frame of our page; replies cross as structured clones. */
async function desktop(service: Service): Promise<Carrier> {
  const sender = { url: 'metamigrate://app/', isMainFrame: true }
  return {
    send: async (name, args) => structuredClone(await answerMessage(service, sender, name, JSON.stringify(args))),
    listen: async (listener) => asyncStop(service.listen((event) => listener(structuredClone(event)))),
    close: async () => undefined,
  }
}

const asyncStop = (stop: () => void) => async () => stop()

/** Over a real socket, with the session of a real exchange. */
async function http(service: Service): Promise<Carrier> {
  const folder = await mkdtemp(join(tmpdir(), 'metamigrate-window-'))
  await writeFile(join(folder, 'index.html'), 'window')
  const host = await createWebHost({ bridge: service, folder, port: 0 })
  const origin = new URL(host.url).origin
  const exchange = await fetch(host.url, { redirect: 'manual' })
  const cookie = exchange.headers.get('set-cookie')?.split(';')[0] ?? ''
  return {
    async send(name, args) {
      const response = await fetch(`${origin}/rpc/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        body: JSON.stringify(args) ?? '',
      })
      // What the host refuses before the core hears of it has no reply; its status says what the code says elsewhere.
      if (response.status === 404) return { ok: false, error: { code: 'UNKNOWN_CALL', message: '', details: {} } }
      if (response.status === 400) return { ok: false, error: { code: 'BAD_ARGUMENTS', message: '', details: {} } }
      return (await response.json()) as Reply<unknown>
    },
    async listen(listener) {
      const response = await fetch(`${origin}/events`, { headers: { cookie } })
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      const pump = async () => {
        let text = ''
        for (;;) {
          const part = await reader?.read()
          if (part === undefined || part.done) return
          text += part.value
          const blocks = text.split('\n\n')
          text = blocks.pop() ?? ''
          for (const block of blocks) if (block.startsWith('data: ')) listener(JSON.parse(block.slice(6)) as ApiEvent)
        }
      }
      const pumping = pump()
      return async () => {
        await reader?.cancel()
        await pumping
      }
    },
    async close() {
      await host.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Every carrier, by what a person would call it. */
export const carriers: readonly (readonly [string, (service: Service) => Promise<Carrier>])[] = [
  ['in process', inProcess],
  ['over HTTP', http],
  ['over the desktop bridge', desktop],
]
