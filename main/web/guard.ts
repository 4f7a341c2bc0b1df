import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** A refusal: its status and a plain sentence. No handler runs. */
export interface Refusal {
  readonly status: number
  readonly message: string
}

/** Who may ask, and under which name this host answers. */
export interface Door {
  readonly port: number
  /** Value of the session cookie. */
  readonly session: string
}

/** Cookies ignore ports: two hosts on one machine must not overwrite each other's. */
export const cookieName = (port: number): string => `metamigrate_${port}`

/** Whether two secrets are equal, in a time that tells nothing about where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/**
 * Why a request may not be looked at at all: it must name this host by its one exact name, and must not come from another page.
 * A name that was bound to 127.0.0.1 by a stranger (DNS rebinding) fails here.
 */
export function refuseForeign(request: IncomingMessage, { port }: Door): Refusal | null {
  const address = `127.0.0.1:${port}`
  const hosts = valuesOf(request, 'host')
  if (hosts.length !== 1 || hosts[0] !== address) return { status: 421, message: 'This host answers under its own address only.' }
  if (request.url?.startsWith('/') !== true || request.url.startsWith('//'))
    return { status: 400, message: 'The address of the request is not a path.' }
  if (request.headers.upgrade !== undefined) return { status: 400, message: 'There is nothing to upgrade to.' }
  const origins = valuesOf(request, 'origin')
  const isChange = request.method !== 'GET'
  if (origins.length > 1 || (origins.length === 1 && origins[0] !== `http://${address}`))
    return { status: 403, message: 'Another page may not ask here.' }
  if (isChange && origins.length === 0) return { status: 403, message: 'A change must say which page it comes from.' }
  return null
}

/** Why a request without this host's session may not be answered; null when it has it. */
export function refuseStranger(request: IncomingMessage, door: Door): Refusal | null {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { status: 403, message: 'Another page may not ask here.' }
  const given = cookiesOf(request, cookieName(door.port))
  if (given.length === 1 && sameSecret(given[0] ?? '', door.session)) return null
  return { status: 403, message: 'This window has no session. Start MetaMigrate again and open the address that it prints.' }
}

/** Every value that a header was sent with: two are never merged into one here. */
function valuesOf(request: IncomingMessage, name: string): readonly string[] {
  return request.rawHeaders.filter((_, i) => i % 2 === 1 && request.rawHeaders[i - 1]?.toLowerCase() === name)
}

function cookiesOf(request: IncomingMessage, name: string): readonly string[] {
  const pairs = valuesOf(request, 'cookie').flatMap((header) => header.split(';'))
  return pairs
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
