import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createConnection, type Connection } from 'mysql2/promise'
import { freePort } from './free-port.ts'

/** A private server for tests: reachable on 127.0.0.1 and a socket in its own folder only, with a random password. */
export interface MariadbServer {
  /** `mysql://metamigrate:<password>@127.0.0.1:<port>/`, all rights. */
  readonly url: string
  readonly port: number
  /** Ends the server and removes its folder. */
  stop(): Promise<void>
  /** Ends the server at once, as a power cut would; `restart` brings it back on the same port. */
  crash(): Promise<void>
  restart(): Promise<void>
}

/** Paths of the server and of the program that makes its first tables. Throws where there is none. */
export function mariadbPrograms(): { readonly server: string; readonly install: string } {
  const folders = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', ...(process.env['PATH'] ?? '').split(delimiter)].filter((folder) => folder !== '')
  const find = (name: string) => folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
  const server = find('mariadbd')
  const install = find('mariadb-install-db')
  if (server === undefined || install === undefined)
    throw new Error('No mariadbd and mariadb-install-db found in /usr/sbin, /usr/bin or PATH: install MariaDB (Debian: apt-get install mariadb-server).')
  return { server, install }
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function waitUntilReady(url: string, log: string, gone: () => boolean): Promise<void> {
  const end = Date.now() + 60_000
  for (;;) {
    const failed = await createConnection(url).then(
      async (connection) => (await connection.end(), null),
      (error: unknown) => error,
    )
    if (failed === null) return
    if (Date.now() > end || gone()) throw new Error(`MariaDB did not start: ${existsSync(log) ? readFileSync(log, 'utf8') : 'no log'}`, { cause: failed })
    await delay(50)
  }
}

/** Starts a private server in a new temporary folder. It ends with `stop`, and also when this process dies, however it dies. */
export async function startMariadb(): Promise<MariadbServer> {
  const programs = mariadbPrograms()
  const folder = mkdtempSync(join(tmpdir(), 'metamigrate-maria-'))
  const data = join(folder, 'data')
  const log = join(folder, 'log')
  const password = randomBytes(12).toString('hex')
  // The server refuses to run as root unless it is told to: the folder is ours alone, so no other user is needed.
  const user = process.getuid?.() === 0 ? ['--user=root'] : []
  const made = spawnSync(programs.install, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user], { cwd: folder, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`mariadb-install-db failed: ${made.stderr}${made.stdout}`)
  const first = join(folder, 'first.sql')
  const accounts = [
    `CREATE OR REPLACE USER metamigrate@'127.0.0.1' IDENTIFIED BY '${password}'`,
    `GRANT ALL PRIVILEGES ON *.* TO metamigrate@'127.0.0.1' WITH GRANT OPTION`,
    `DELETE FROM mysql.global_priv WHERE User <> 'metamigrate' AND User <> 'mariadb.sys'`,
    'FLUSH PRIVILEGES',
  ]
  writeFileSync(first, accounts.map((text) => `${text};\n`).join(''), { mode: 0o600 })
  const port = await freePort()
  const url = `mysql://metamigrate:${password}@127.0.0.1:${port}/`
  // Nothing is synced: it loses nothing when only the server's process dies, and makes DDL cheap. Character set and SQL mode stay the server's own.
  const args = [
    '--no-defaults', ...user, `--datadir=${data}`, `--socket=${join(folder, 'socket')}`, `--pid-file=${join(folder, 'pid')}`, `--port=${port}`, '--bind-address=127.0.0.1',
    `--init-file=${first}`, '--skip-name-resolve', '--skip-log-bin', '--sync-frm=0', '--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-flush-method=nosync',
    '--innodb-buffer-pool-size=64M', '--max-connections=60', '--default-time-zone=+00:00', '--local-infile=1',
  ]

  // The shell waits on our pipe: when we die without a word, its read ends, it kills the server and removes the folder.
  const script = '"$@" & server=$!; read -r word; kill -"${word:-KILL}" "$server" 2>/dev/null; wait "$server"; [ -n "$word" ] || rm -rf "$FOLDER"'
  const launch = () => {
    const shell = spawn('/bin/sh', ['-c', `exec 2>>'${log}' >&2; ${script}`, 'sh', programs.server, ...args], { cwd: '/', env: { ...process.env, FOLDER: folder }, stdio: ['pipe', 'ignore', 'ignore'] })
    const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()))
    return { signal: (word: string) => (shell.stdin.end(`${word}\n`), ended), gone: () => shell.exitCode !== null }
  }
  let running: ReturnType<typeof launch> | null = launch()
  const end = async (word: string) => {
    await running?.signal(word)
    running = null
  }
  const stop = async () => {
    await end('TERM')
    rmSync(folder, { recursive: true, force: true })
  }
  const ready = () => waitUntilReady(url, log, () => running?.gone() ?? true)
  await ready().catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    url,
    port,
    stop,
    crash: () => end('KILL'),
    restart: async () => {
      running ??= launch()
      await ready()
    },
  }
}

/** A server that several test files share. */
export interface SharedMariadb {
  readonly url: string
  /** Address of a new empty database in utf8mb4. */
  createDatabase(): Promise<string>
  /** Ends the server when this call started it. */
  stop(): Promise<void>
}

/** The server named by METAMIGRATE_TEST_MARIADB, else an own one. Call `stop` in afterAll. */
export async function sharedMariadb(): Promise<SharedMariadb> {
  const given = process.env['METAMIGRATE_TEST_MARIADB']
  const own = given === undefined || given === '' ? await startMariadb() : null
  const url = own?.url ?? given ?? ''
  return {
    url,
    createDatabase: async () => {
      const name = `mm_${randomBytes(6).toString('hex')}`
      const connection = await mariadbConnection(url)
      await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
      await connection.end()
      const address = new URL(url)
      address.pathname = `/${name}`
      return address.href
    },
    stop: async () => own?.stop(),
  }
}

/** A session in which every value comes as text: exact numbers, no dates made of this machine's zone, JSON as it stands. */
export const mariadbConnection = (url: string): Promise<Connection> =>
  createConnection({ uri: url, charset: 'utf8mb4', timezone: 'Z', supportBigNumbers: true, bigNumberStrings: true, dateStrings: true, jsonStrings: true, rowsAsArray: true })
