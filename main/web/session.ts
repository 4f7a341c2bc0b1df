import { randomBytes } from 'node:crypto'
import type { Call } from './routes.ts'
import { cookieName, refuseStranger, sameSecret } from './guard.ts'
import type { Door, Refusal } from './guard.ts'

/** Secrets of a host. The token is of one start. */
export interface Keys extends Door {
  /** Of the one-use address; null once it was used. */
  token: string | null
}

/** Secrets of 256 bits for a host on a port: a fresh token, and a fresh session unless an earlier start on this port left one. */
export const makeKeys = (port: number, session = secret()): Keys => ({ port, session, token: secret() })

const secret = (): string => randomBytes(32).toString('base64url')

/** The one-use address gives the session cookie and the way to the page. A window that has the session already may open it again. */
export async function exchangeToken({ request, response, query, keys }: Call): Promise<Refusal | null> {
  const given = new URLSearchParams(query).getAll('token')
  const isGood = given.length === 1 && keys.token !== null && sameSecret(given[0] ?? '', keys.token)
  if (!isGood && refuseStranger(request, keys) !== null) {
    return {
      status: 403,
      message: 'This address is not good, or was used already. Start MetaMigrate again and open the address that it prints.',
    }
  }
  if (isGood) {
    keys.token = null
    response.setHeader('set-cookie', `${cookieName(keys.port)}=${keys.session}; HttpOnly; SameSite=Strict; Path=/`)
  }
  response.writeHead(303, { location: '/', 'content-length': 0 }).end()
  return null
}
