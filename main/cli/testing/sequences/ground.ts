import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SharedPostgres } from '../../../../scripts/postgres-server.ts'
import { sources } from './caller.ts'
import type { Database } from './database.ts'
import { postgresDatabase } from './postgres-database.ts'
import { sqliteDatabase } from './sqlite-database.ts'
import type { Ground } from './world.ts'

/** In memory where the system has such a folder: a trial writes to disk at each statement, and no power fails here. */
const fastFolder = (): string => mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'metamigrate-sequences-'))

export interface OpenGround extends Ground {
  close(): Promise<void>
}

/** SQLite files. `program`: what starts the command line in a process of its own, its sources by default. */
export function sqliteGround(program: readonly string[] = sources): OpenGround {
  const folder = fastFolder()
  return {
    flavor: 'sqlite',
    folder,
    program,
    open: (trial, number) => Promise.resolve(sqliteDatabase(join(trial, `database${number}.db`))),
    close() {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
  }
}

/** Two databases of a PostgreSQL server, emptied for each trial: that takes less time than making new ones. */
export function postgresGround(server: SharedPostgres, program: readonly string[] = sources): OpenGround {
  const folder = fastFolder()
  const addresses = new Map<number, Promise<string>>()
  return {
    flavor: 'postgres',
    folder,
    program,
    async open(_trial, number) {
      const address = addresses.get(number) ?? server.createDatabase()
      addresses.set(number, address)
      const database: Database = await postgresDatabase(await address)
      await database.settle()
      const refused = await database.execute('DROP SCHEMA IF EXISTS metamigrate CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
      if (refused !== null) throw new Error(refused)
      return database
    },
    close() {
      rmSync(folder, { recursive: true, force: true })
      return Promise.resolve()
    },
  }
}
