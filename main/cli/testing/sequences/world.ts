import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { saveCsvModel } from '../../../../app/exporters/csv.ts'
import type { Model } from '../../../../app/model/model.ts'
import type { Sequence, Through } from './act.ts'
import type { Database, Look } from './database.ts'
import { firstModel } from './draft.ts'
import type { Place } from './caller.ts'

/** Where trials get their databases from. */
export interface Ground {
  readonly flavor: Database['flavor']
  /** Folder for projects and data folders. */
  readonly folder: string
  /** A new empty database, for a trial whose files lie in `folder`. */
  open(folder: string, number: number): Promise<Database>
  /** Node's arguments that start the command line in a process of its own. */
  readonly program: readonly string[]
}

/** One trial's own world: two machines, two projects (the second with a database of its own), and what is in the databases. */
export interface World {
  readonly ground: Ground
  readonly folder: string
  readonly databases: readonly [Database, Database]
  readonly models: Model[]
  /** Projects whose files have lost their ids. */
  readonly forgotten: Set<number>
  /** Ids of runs that receipts told of, newest first, by database: what a person has noted down, whatever the books know. */
  readonly noted: readonly [string[], string[]]
  /** Number of the last row or value that was written by others. */
  last: number
  place(through: Through): Place
  /** Number of the database that a call from there means. */
  meant(through: Through): 0 | 1
  loseJournal(machine: number): void
  save(project: number): void
  look(): Promise<readonly [Look, Look]>
  close(): Promise<void>
}

/** Makes the world of a trial: projects written, databases empty. */
export async function makeWorld(ground: Ground, { tables }: Pick<Sequence, 'tables'>): Promise<World> {
  const folder = mkdtempSync(join(ground.folder, 'trial-'))
  const databases = [await ground.open(folder, 0), await ground.open(folder, 1)] as const
  const homeOf = (machine: number) => join(folder, `machine${machine}`)
  const projectOf = (project: number) => join(folder, `project${project}`)
  const models = [firstModel(tables, 0), firstModel(tables.slice(0, 1), 1)]
  const forgotten = new Set<number>()
  const save = (project: number) => {
    const model = models[project]
    const path = join(projectOf(project), 'model')
    rmSync(path, { recursive: true, force: true })
    mkdirSync(path, { recursive: true })
    if (model === undefined) return
    for (const { name, bytes } of saveCsvModel(model, { kind: 'directory' })) writeFileSync(join(path, name), forgotten.has(project) && (name === 'fields.csv' || name === 'tables.csv') ? withoutIds(bytes) : bytes)
  }
  let copies = 0
  const world: World = {
    ground,
    folder,
    databases,
    models,
    forgotten,
    noted: [[], []],
    last: 0,
    save,
    place({ machine, project, copy }) {
      const own = projectOf(project)
      const cwd = copy ? join(folder, `copy${++copies}`) : own
      if (copy) cpSync(own, cwd, { recursive: true })
      const password = databases[0].password
      return { cwd, env: { METAMIGRATE_HOME: homeOf(machine), ...(password === null ? {} : { METAMIGRATE_PASSWORD: password }) } }
    },
    meant: ({ project, byUrl }) => (byUrl || project === 0 ? 0 : 1),
    loseJournal: (machine) => rmSync(homeOf(machine), { recursive: true, force: true }),
    look: async () => [await databases[0].look(), await databases[1].look()],
    async close() {
      for (const database of databases) await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  for (const [project, database] of databases.entries()) {
    mkdirSync(projectOf(project), { recursive: true })
    writeFileSync(join(projectOf(project), 'metamigrate.yaml'), `name: project${project}\nmodel: model\nconnections:\n  dev:\n    url: ${JSON.stringify(database.url)}\n`)
    save(project)
  }
  return world
}

/** The file with its last column, the ids, empty: as after a round through a spreadsheet. */
function withoutIds(bytes: Uint8Array): string {
  const [head = '', ...lines] = Buffer.from(bytes).toString('utf8').split(/\r?\n/)
  const index = head.split(',').indexOf('ID')
  if (index === -1 || index !== head.split(',').length - 1) throw new Error(`ids are not in the last column: ${head}`)
  return [head, ...lines.map((line) => line.replace(/,[^,]*$/, ','))].join('\n')
}
