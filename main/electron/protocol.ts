import type { Protocol } from 'electron'
import { securityHeaders } from '../web/security-headers.ts'
import { staticFile } from '../web/static.ts'
import { appScheme, isOwnPage } from './security.ts'

/** The answer to a page's request: a file of the built window under the same rules and headers as on loopback. */
export async function answerPage(request: Pick<Request, 'url' | 'method'>, folder: string): Promise<Response> {
  const file = request.method === 'GET' && isOwnPage(request.url) ? await staticFile(folder, new URL(request.url).pathname) : null
  if (file === null)
    return new Response('There is no such file.\n', {
      status: 404,
      headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' },
    })
  return new Response(new Uint8Array(file.body), { headers: { ...securityHeaders, 'content-type': file.type } })
}

/** Serves the built window under the custom scheme. */
export function bindProtocol(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(appScheme, (request) => answerPage(request, folder))
}
