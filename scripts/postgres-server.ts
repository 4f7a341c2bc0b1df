import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'

/** A private server for tests: reachable on 127.0.0.1 and a socket in its own folder only, with a random password. */
export interface PostgresServer {
  /** `postgres://postgres:<password>@127.0.0.1:<port>/postgres`, a superuser. */
  readonly url: string
  readonly port: number
  /** Folder of the server's programs (pg_dump ...). */
  readonly bin: string
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
  /** Ends the server at once, without a checkpoint, as a power cut would; `restart` brings it back on the same port. */
  crash(): Promise<void>
  restart(): Promise<void>
}

/** The server's programs: newest Debian version, else a folder of PATH. Throws where there is none. */
export function postgresBin(): string {
  const home = '/usr/lib/postgresql'
  const versions = existsSync(home) ? readdirSync(home).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [...versions.map((version) => join(home, version, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)]
  const bin = folders.find((folder) => folder !== '' && existsSync(join(folder, 'initdb')))
  if (bin === undefined)
    throw new Error('No initdb found in /usr/lib/postgresql/*/bin or PATH: install PostgreSQL (Debian: apt-get install postgresql).')
  return bin
}

/** The server refuses to run as root: then it runs as postgres, or as nobody where that user is missing. */
function serverUser(): { readonly uid: number; readonly gid: number } | Record<string, never> {
  if (process.getuid?.() !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const user = users.find((fields) => fields[0] === 'postgres') ?? users.find((fields) => fields[0] === 'nobody')
  if (user === undefined) throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function waitUntilReady(url: string, log: string): Promise<void> {
  const end = Date.now() + 60_000
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    const failed = await client.connect().then(
      () => null,
      (error: unknown) => error,
    )
    if (failed === null) return client.end()
    if (Date.now() > end)
      throw new Error(`PostgreSQL did not start: ${existsSync(log) ? readFileSync(log, 'utf8') : 'no log'}`, { cause: failed })
    await delay(50)
  }
}

/** Starts a private server in a new temporary folder. It ends with `stop`, and also when this process dies, however it dies. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = postgresBin()
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'metamigrate-pg-'))
  const data = join(folder, 'data')
  const log = join(folder, 'log')
  const password = randomBytes(12).toString('hex')
  writeFileSync(join(folder, 'password'), password)
  if (user.uid !== undefined) for (const path of [folder, join(folder, 'password')]) chownSync(path, user.uid, user.gid)
  const initdb = [
    '-D',
    data,
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '-A',
    'scram-sha-256',
    `--pwfile=${join(folder, 'password')}`,
    '-N',
  ]
  const made = spawnSync(join(bin, 'initdb'), initdb, { ...user, cwd: folder, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  // fsync off loses nothing when only the server's processes die, and makes CREATE DATABASE cheap.
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    port,
    fsync: 'off',
    max_connections: 60,
    timezone: 'UTC',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])

  // The shell waits on our pipe: when we die without a word, its read ends, it ends the server and removes the folder.
  const script =
    '"$@" & server=$!; read -r word; kill -"${word:-QUIT}" "$server" 2>/dev/null; wait "$server"; [ -n "$word" ] || rm -rf "$FOLDER"'
  const launch = () => {
    const shell = spawn('/bin/sh', ['-c', `exec 2>>'${log}' >&2; ${script}`, 'sh', join(bin, 'postgres'), '-D', data, ...args], {
      ...user,
      cwd: '/',
      env: { ...process.env, FOLDER: folder },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()))
    const signal = (word: string) => (shell.stdin.end(`${word}\n`), ended)
    return { signal }
  }
  let running: ReturnType<typeof launch> | null = launch()
  await waitUntilReady(url, log)
  const end = async (word: string) => {
    await running?.signal(word)
    running = null
  }
  return {
    url,
    port,
    bin,
    crash: () => end('QUIT'),
    restart: async () => {
      running ??= launch()
      await waitUntilReady(url, log)
    },
    stop: async () => {
      await end('INT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A server that several test files share. */
export interface SharedPostgres {
  readonly url: string
  /** Address of a new empty database. */
  createDatabase(): Promise<string>
  /** Ends the server when this call started it. */
  stop(): Promise<void>
}

/** The server named by METAMIGRATE_TEST_POSTGRES, else an own one. Call `stop` in afterAll. */
export async function sharedPostgres(): Promise<SharedPostgres> {
  const given = process.env['METAMIGRATE_TEST_POSTGRES']
  const own = given === undefined || given === '' ? await startPostgres() : null
  const url = own?.url ?? given ?? ''
  return {
    url,
    createDatabase: async () => {
      const name = `mm_${randomBytes(6).toString('hex')}`
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        await client.query(`CREATE DATABASE ${name} TEMPLATE template0`)
      } finally {
        await client.end()
      }
      const address = new URL(url)
      address.pathname = `/${name}`
      return address.href
    },
    stop: async () => own?.stop(),
  }
}
