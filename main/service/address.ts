import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { MetaMigrateError } from '../../app/errors.ts'

export interface Address {
  /** Scheme without the colon, lower case. */
  readonly scheme: string
  /** The address without its password; a file's path is absolute. */
  readonly url: string
  readonly password: string | null
}

const badUrl = (why: string) =>
  new MetaMigrateError('BAD_URL', `This is no database address: ${why}. Write sqlite:PATH or postgres://user@host/database.`)

/**
 * An address taken apart, so that the password can be kept from everything that is shown or written. A path is taken relative to `folder`.
 * Errors: BAD_URL, which never repeats the address.
 */
export function parseAddress(text: string, folder: string): Address {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1]?.toLowerCase()
  if (scheme === undefined) throw badUrl('it names no kind of database')
  const given = text.slice(scheme.length + 1)
  const rest = fileSchemes.has(scheme) ? given.replace(/^\/\/(?=\/)/, '') : given
  return rest.startsWith('//')
    ? serverAddress(scheme, `${scheme}:${rest}`)
    : { scheme, url: `${scheme}:${filePath(rest, folder)}`, password: null }
}

/** Kinds of databases that are files. */
const fileSchemes: ReadonlySet<string> = new Set(['sqlite'])

/** Path of the file that a parsed address means (`:memory:` for none); null where the database lives on a server. */
export function fileOf(url: string): string | null {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(url)?.[1] ?? ''
  if (!fileSchemes.has(scheme.toLowerCase())) return null
  const rest = url.slice(scheme.length + 1).replace(/^\/\/(?=\/)/, '')
  return rest === ':memory:' ? rest : resolve(decodeURIComponent(rest.replaceAll(/%(?![0-9a-fA-F]{2})/g, '%25')))
}

function filePath(path: string, folder: string): string {
  if (path === '') throw badUrl('it names no file')
  if (path.startsWith(':')) return path
  // Drivers decode percent signs in addresses; those of the folder are meant as they stand, and so are those of a file that is there.
  const plain = resolve(folder, path)
  if (path.includes('%') && existsSync(plain)) return plain.replaceAll('%', '%25')
  return resolve(folder.replaceAll('%', '%25'), path)
}

function serverAddress(scheme: string, text: string): Address {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw badUrl('it cannot be read; signs such as / # ? @ in a password must be written as %2F %23 %3F %40')
  }
  if (`${url.pathname}${url.search}${url.hash}`.includes('@') || url.hash !== '')
    throw badUrl('signs such as / # ? @ in a password must be written as %2F %23 %3F %40')
  const inQuery = url.searchParams.get('password')
  const password = url.password === '' ? inQuery : decodePart(url.password)
  url.password = ''
  url.searchParams.delete('password')
  return { scheme, url: url.href, password }
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw badUrl('a % in a password must be written as %25')
  }
}
