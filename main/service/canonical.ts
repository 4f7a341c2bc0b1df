import { lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileOf } from './address.ts'

const ports: Readonly<Record<string, string>> = { postgres: '5432', mysql: '3306', mssql: '1433', impala: '21050' }
const oneName: Readonly<Record<string, string>> = { postgresql: 'postgres', mariadb: 'mysql' }

/**
 * The database that an address means, so that two spellings of it are one: the real path of a file (links and relative parts followed), the host's name (this
 * machine has one), port and database of a server. User, password and options make no other database.
 */
export function canonicalAddress(url: string): string {
  const file = fileOf(url)
  if (file !== null) return `file:${file === ':memory:' ? file : realPath(file)}`
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1]?.toLowerCase() ?? ''
  const kind = oneName[scheme] ?? scheme
  let parsed: URL
  try {
    parsed = new URL(url.replace(/^[^:]+:/, 'http:').replace(/^http:\/\/(?=\/)/, 'http://localhost'))
  } catch {
    return url
  }
  const host = parsed.searchParams.get('host') ?? parsed.hostname
  const port = parsed.searchParams.get('port') ?? (parsed.port === '' ? (/^[^:]+:\/\/[^/]*:80(?:\/|$|\?)/.test(url) ? '80' : (ports[kind] ?? '')) : parsed.port)
  const user = decoded(parsed.username)
  const database = decoded(parsed.pathname.slice(1)) || user || (process.env['PGUSER'] ?? process.env['USER'] ?? kind)
  return `${kind}://${hostOf(host)}:${port}/${database}`
}

/** Every name of this machine's own door is one; a socket is a door of this machine too. */
function hostOf(host: string): string {
  const name = host.toLowerCase().replaceAll(/^\[|\]$|\.$/g, '')
  const isHere = name === '' || name === 'localhost' || name === '::1' || name === '0.0.0.0' || name === '::' || name.startsWith('/')
  return isHere || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/.test(name) || /^::ffff:7f[0-9a-f]{2}:/.test(name) ? 'localhost' : name
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The real path of a file that need not be there: of what is there of it, links followed. */
export function realPath(path: string, depth = 0): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error) || depth > 40) return path
    const link = linkOf(path)
    if (link !== null) return realPath(resolve(dirname(path), link), depth + 1)
    const folder = dirname(path)
    return folder === path ? path : join(realPath(folder, depth + 1), basename(path))
  }
}

/** Where a link points whose end is not there. */
function linkOf(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null
  } catch {
    return null
  }
}
