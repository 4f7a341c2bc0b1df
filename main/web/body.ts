import type { IncomingMessage } from 'node:http'
import type { Refusal } from './guard.ts'

export interface BodyLimits {
  readonly maxBytes: number
  /** Longest silence between two parts of a body. */
  readonly idleMs: number
}

export type Body = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: Refusal }

const refuse = (status: number, message: string): Body => ({ ok: false, refusal: { status, message } })

/** The JSON value of a request's body. Refused: another content type (415), an encoded body (415), too large (413), too slow (408), not JSON (400). */
export async function readJson(request: IncomingMessage, limits: BodyLimits): Promise<Body> {
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(request.headers['content-type'] ?? ''))
    return refuse(415, 'The body must be application/json.')
  if (request.headers['content-encoding'] !== undefined) return refuse(415, 'The body must not be compressed.')
  if (Number(request.headers['content-length'] ?? 0) > limits.maxBytes)
    return refuse(413, `The body is larger than ${limits.maxBytes} bytes.`)
  const read = await readBytes(request, limits)
  if (!Buffer.isBuffer(read)) return { ok: false, refusal: read }
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read)) as unknown }
  } catch {
    return refuse(400, 'The body is not JSON in UTF-8.')
  }
}

function readBytes(request: IncomingMessage, { maxBytes, idleMs }: BodyLimits): Promise<Buffer | Refusal> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let size = 0
    const end = (result: Buffer | Refusal) => {
      clearTimeout(timer)
      request.removeAllListeners('data')
      resolve(result)
    }
    const late = () => end({ status: 408, message: 'The body came too slowly.' })
    let timer = setTimeout(late, idleMs)
    request.on('data', (part: Buffer) => {
      clearTimeout(timer)
      timer = setTimeout(late, idleMs)
      size += part.length
      if (size > maxBytes) end({ status: 413, message: `The body is larger than ${maxBytes} bytes.` })
      else parts.push(part)
    })
    request.once('end', () => end(Buffer.concat(parts)))
    request.once('error', () => end({ status: 400, message: 'The body broke off.' }))
    request.once('close', () => end({ status: 400, message: 'The body broke off.' }))
  })
}
