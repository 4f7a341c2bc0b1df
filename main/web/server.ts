import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { MetaMigrateError, messageOf } from '../../app/errors.ts'
import type { Bridge } from '../service/dispatch.ts'
import { refuseForeign, refuseStranger } from './guard.ts'
import type { Refusal } from './guard.ts'
import { findRoute } from './routes.ts'
import type { RouteContext } from './routes.ts'
import { securityHeaders } from './security-headers.ts'
import { makeKeys } from './session.ts'
import type { Keys } from './session.ts'

export interface WebHostOptions {
  readonly bridge: Bridge
  /** Folder of the built window. */
  readonly folder: string
  /** 0: any free port. */
  readonly port: number
  readonly bodyIdleMs?: number
  readonly heartbeatMs?: number
  /** The session of a port, where pages of an earlier start are to find this one; by default every start has its own. */
  readonly sessionOf?: (port: number) => string
  /** Hears what failed while answering. */
  readonly log?: (message: string) => void
}

export interface WebHost {
  readonly port: number
  /** The address to open, good for one use. */
  readonly url: string
  close(): Promise<void>
}

/** Serves the designer on 127.0.0.1 to whoever holds the one-time address. Errors: PORT_TAKEN. */
export async function createWebHost(options: WebHostOptions): Promise<WebHost> {
  const server = createServer({ requestTimeout: 300_000, headersTimeout: 15_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 })
  const port = await listen(server, options.port)
  const keys = makeKeys(port, options.sessionOf?.(port))
  const url = `http://127.0.0.1:${port}/?token=${keys.token ?? ''}`
  const context: RouteContext = {
    bridge: options.bridge,
    folder: options.folder,
    bodyIdleMs: options.bodyIdleMs ?? 15_000,
    heartbeatMs: options.heartbeatMs ?? 15_000,
  }
  server.on('request', (request, response) => {
    answer(request, response, { keys, context }).catch((error: unknown) => {
      options.log?.(messageOf(error))
      if (!response.headersSent) refuse(request, response, { status: 500, message: 'MetaMigrate failed to answer.' })
      else response.destroy()
    })
  })
  // A broken request gets a plain 400 and no echo of what it sent.
  server.on('clientError', (_error, socket) =>
    socket.writable ? socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n') : socket.destroy(),
  )
  return {
    port,
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES'
      reject(
        new MetaMigrateError(
          taken ? 'PORT_TAKEN' : 'HOST_FAILED',
          `Could not listen on 127.0.0.1:${port}. Choose another port, or none for any free one.`,
          { port },
          { cause },
        ),
      )
    })
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      if (address !== null && typeof address === 'object') resolve(address.port)
    })
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { keys, context }: { readonly keys: Keys; readonly context: RouteContext },
): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
  const foreign = refuseForeign(request, keys)
  if (foreign !== null) return refuse(request, response, foreign)
  const { path, query } = splitUrl(request.url ?? '/')
  const { route, allowed } = findRoute(request.method ?? '', path, query)
  // Who asks is settled before anything is said about what there is.
  const stranger = route?.auth === 'token' ? null : refuseStranger(request, keys)
  if (stranger !== null) return refuse(request, response, stranger)
  if (route === null) {
    response.setHeader('allow', allowed.join(', '))
    return refuse(request, response, { status: 405, message: 'This is not asked for in this way.' })
  }
  const refusal = await route.answer({ request, response, path, query, keys, context })
  if (refusal !== null) refuse(request, response, refusal)
}

function splitUrl(url: string): { readonly path: string; readonly query: string } {
  const at = url.indexOf('?')
  return at === -1 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) }
}

/** A plain sentence. The connection ends, so that nothing of an unread body is taken for a next request. */
function refuse(request: IncomingMessage, response: ServerResponse, { status, message }: Refusal): void {
  request.resume()
  const body = `${message}\n`
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(body), connection: 'close' })
    .end(body)
}
