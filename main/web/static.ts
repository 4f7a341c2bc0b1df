import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface StaticFile {
  readonly type: string
  readonly body: Buffer
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

// Every name that the build writes: letters, digits and a few signs. No `%`, so nothing is decoded; no leading dot, so there is no way up.
const segment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/

/** The file of a built folder that a URL path names (`/` is index.html); null for anything else. The path is taken as it stands, never decoded. */
export async function staticFile(folder: string, path: string): Promise<StaticFile | null> {
  const parts = path === '/' ? ['index.html'] : path.slice(1).split('/')
  if (!path.startsWith('/') || !parts.every((part) => segment.test(part))) return null
  const file = join(folder, ...parts)
  const type = types[extname(file)]
  if (type === undefined) return null
  try {
    // A link inside the folder must not lead out of it.
    const [real, home] = await Promise.all([realpath(file), realpath(folder)])
    if (!real.startsWith(home + sep)) return null
    return { type, body: await readFile(real) }
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG'].includes(String(error.code))
