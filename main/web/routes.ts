import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reply } from '../../app/api/api.ts'
import type { Bridge } from '../service/dispatch.ts'
import { maxBytes, schemas } from '../service/schemas.ts'
import { readJson } from './body.ts'
import type { Refusal } from './guard.ts'
import { openEvents } from './events.ts'
import { exchangeToken } from './session.ts'
import type { Keys } from './session.ts'
import { staticFile } from './static.ts'

export interface RouteContext {
  readonly bridge: Bridge
  /** Folder of the built window. */
  readonly folder: string
  readonly bodyIdleMs: number
  readonly heartbeatMs: number
}

export interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Path of the request as it was sent, without the query. */
  readonly path: string
  /** What follows the `?`; '' when there is none. */
  readonly query: string
  readonly keys: Keys
  readonly context: RouteContext
}

/** One thing this host answers. `auth` says who may ask: there is no default, so a route that does not say does not compile. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** A path, or the start of one when it ends with `/*`; `/?` is the root with a query. */
  readonly path: string
  /** `session`: the cookie of this host. `token`: the one-use address; it gives the session and nothing else. */
  readonly auth: 'session' | 'token'
  /** Answers, or says why not. */
  readonly answer: (call: Call) => Promise<Refusal | null>
}

/** Every route there is. The first path that fits is the only one meant. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/?', auth: 'token', answer: exchangeToken },
  { method: 'POST', path: '/rpc/*', auth: 'session', answer: answerCall },
  {
    method: 'GET',
    path: '/events',
    auth: 'session',
    answer: async ({ request, response, context }) => openEvents(request, response, context),
  },
  { method: 'GET', path: '/*', auth: 'session', answer: answerFile },
]

/** The route of a request. `allowed`: methods that its path has, when this is none of them. */
export function findRoute(
  method: string,
  path: string,
  query: string,
): { readonly route: Route | null; readonly allowed: readonly string[] } {
  const meant =
    path === '/' && query !== ''
      ? '/?'
      : routes.find((route) => (route.path.endsWith('/*') ? path.startsWith(route.path.slice(0, -1)) : path === route.path))?.path
  const own = routes.filter((route) => route.path === meant)
  return { route: own.find((route) => route.method === method) ?? null, allowed: own.map((route) => route.method) }
}

async function answerCall({ request, response, path, context }: Call): Promise<Refusal | null> {
  const name = path.slice('/rpc/'.length)
  if (!Object.hasOwn(schemas, name)) return { status: 404, message: 'There is no such call.' }
  const body = await readJson(request, { maxBytes: maxBytes(name), idleMs: context.bodyIdleMs })
  if (!body.ok) return body.refusal
  const reply: Reply<unknown> = await context.bridge.dispatch(name, body.value)
  const text = Buffer.from(JSON.stringify(reply))
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': text.length }).end(text)
  return null
}

async function answerFile({ response, path, context }: Call): Promise<Refusal | null> {
  const file = await staticFile(context.folder, path)
  if (file === null) return { status: 404, message: 'There is no such file.' }
  response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length }).end(file.body)
  return null
}
