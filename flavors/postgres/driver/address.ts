import { readFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'
import { MetaMigrateError } from '../../../app/errors.ts'
import type { ConnectOptions } from '../../flavor.ts'

/** How the connection is secured, as libpq names it. */
type SslMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full'
const sslModes: readonly string[] = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full']
/** Options that a URL may carry. An unknown one is refused: options decide what a server may ask of this program. */
const allowed: ReadonlySet<string> = new Set([
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'host',
  'port',
  'connect_timeout',
  'application_name',
])

/** Configurations to try in order: `prefer` tries with encryption, then without. */
export interface Address {
  readonly configs: readonly ClientConfig[]
  readonly database: string
  /** Without a password: for messages. */
  readonly label: string
}

const refuse = (message: string): never => {
  throw new MetaMigrateError('CONNECTION_FAILED', message, { flavor: 'postgres' })
}

/** What a URL says: `postgres://user@host:5432/database?sslmode=require`, `postgres:///db?host=/var/run/postgresql`. Errors: CONNECTION_FAILED, without repeating the URL. */
export function parseAddress(options: ConnectOptions): Address {
  const url = readUrl(options.url)
  for (const name of url.searchParams.keys())
    if (!allowed.has(name))
      refuse(`The address has the option ${JSON.stringify(name)}, which is not known here. Known: ${[...allowed].join(', ')}.`)
  const mode = url.searchParams.get('sslmode') ?? 'prefer'
  if (!sslModes.includes(mode)) refuse(`sslmode is one of ${sslModes.join(', ')}, not ${JSON.stringify(mode)}.`)
  const host = url.searchParams.get('host') ?? (url.hostname === '' ? 'localhost' : url.hostname.replaceAll(/^\[|\]$/g, ''))
  const user = decoded(url.username) || process.env['PGUSER'] || process.env['USER'] || 'postgres'
  const database = decoded(url.pathname.slice(1)) || user
  const port = Number(url.searchParams.get('port') ?? (url.port === '' ? '5432' : url.port))
  const timeout = url.searchParams.get('connect_timeout')
  const base: ClientConfig = {
    host,
    port,
    user,
    database,
    password: options.password ?? decoded(url.password),
    application_name: 'metamigrate',
    keepAlive: true,
    connectionTimeoutMillis: options.connectTimeoutMs ?? (timeout === null ? 10_000 : Number(timeout) * 1000),
  }
  const configs = sslConfigs(mode as SslMode, url.searchParams, host).map((ssl) => ({ ...base, ssl }))
  return { configs, database, label: `${user}@${host}:${port}/${database}` }
}

function readUrl(text: string): URL {
  const match = /^postgres(?:ql)?:\/\//i.exec(text)
  if (match === null) return refuse('The address does not begin with postgres://.')
  try {
    // An http URL parses hosts, users and IPv6 strictly; a host may be missing (a socket), which http does not allow.
    const rest = text.slice(match[0].length)
    const url = new URL(
      `http://${/^[^/?#]*@?(?=[/?#]|$)/.test(rest) && /^(?:[^/?#@]*@)?(?:[/?#]|$)/.test(rest) ? rest.replace(/^([^/?#@]*@)?/, '$1localhost') : rest}`,
    )
    return url
  } catch (error) {
    // Not the error as cause: it repeats the address, password and all.
    return refuse(
      `The address is not a URL of the form postgres://user@host:port/database (${error instanceof TypeError ? 'it cannot be parsed' : 'unexpected'}). Escape special characters of the password with %XX.`,
    )
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    return error instanceof URIError ? refuse('The address has a % that begins no escape.') : refuse('The address cannot be read.')
  }
}

function sslConfigs(mode: SslMode, options: URLSearchParams, host: string): readonly ((ClientConfig['ssl'] & object) | false)[] {
  if (mode === 'disable' || host.startsWith('/')) return [false]
  const file = (name: string) => {
    const path = options.get(name)
    return path === null ? undefined : readFileSync(path, 'utf8')
  }
  const [ca, cert, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')]
  const files = { ...(ca === undefined ? {} : { ca }), ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) }
  if (mode === 'verify-full') return [{ ...files, rejectUnauthorized: true }]
  // verify-ca trusts any name under the given authority; require and prefer only encrypt, as libpq does.
  if (mode === 'verify-ca') return [{ ...files, rejectUnauthorized: true, checkServerIdentity: () => undefined }]
  const encrypt = { ...files, rejectUnauthorized: false }
  return mode === 'require' ? [encrypt] : [encrypt, false]
}
