import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCsvModel } from '../../app/loaders/csv/load.ts'
import { modelFromShapes } from '../../app/model/from-shapes.ts'
import { countedIds } from '../../app/model/id.ts'
import type { Model } from '../../app/model/model.ts'
import { sharedPostgres, type SharedPostgres } from '../../scripts/postgres-server.ts'
import { pythonOfTool, pythonTools, type ToolName } from '../../scripts/python-tools.ts'
import { cases } from '../cases.ts'
import type { Connection } from '../flavor.ts'
import { driver as postgres } from '../postgres/driver/index.ts'
import { driver as sqlite } from '../sqlite/driver/index.ts'
import { compareShapes } from '../testing/compare-shapes.ts'
import { modelCount, randomModels } from '../testing/random-texts.ts'
import { withoutKind } from '../testing/usable-shapes.ts'
import { clinic } from './testing/clinic.ts'
import { explanations, type Explanation } from './testing/differences.ts'
import { runDjango } from './testing/django.ts'
import { generateApp, renamedSchemas, type AppTarget, type GeneratedApp } from './testing/generated-apps.ts'
import { tablesOfDialect, tablesOfDjango } from './testing/made-tables.ts'

/** The sample, the tables of the shared cases, a whole clinic, and random models: what apps are made of. */
function models(): readonly Model[] {
  const sample = loadCsvModel(['tables', 'fields', 'keys', 'references', 'indexes'].map((name) => ({ name: `${name}.csv`, bytes: new Uint8Array(readFileSync(new URL(`../../assets/sample/${name}.csv`, import.meta.url))) })), { newId: countedIds(), name: 'clinic' })
  const shapes = [cases.createTable.shape, cases.createTableWithReference.shape, cases.createEveryType.shape, cases.createWithoutNames.shape]
  return [sample.model, modelFromShapes(shapes, countedIds()), modelFromShapes(clinic, countedIds()), ...randomModels(modelCount(40))]
}

// The newest one needs a newer Python than some systems have: `npm test` says so, and counts it as skipped.
const tools = (['django-4.2', 'django-5.2', 'django-6.1'] as const satisfies readonly ToolName[]).filter((name) => name !== 'django-6.1' || 'python' in pythonTools([name])[name])
const runs = tools.flatMap((tool) => (['postgres', 'sqlite'] as const).map((database) => ({ tool, database, version: tool.slice('django-'.length) })))

/** How many apps one process of Django loads: its migrations look at all of them each time. */
const batch = 40

describe('Django', () => {
  const used = new Set<Explanation>()
  let server: SharedPostgres
  let folder: string

  beforeAll(async () => {
    server = await sharedPostgres()
    folder = mkdtempSync(join(tmpdir(), 'metamigrate-django-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await server.stop()
  })

  it.each(runs)('$version makes the tables of our own DDL on $database, but for what is explained, and its check is clean', async ({ tool, ...target }) => {
    const place = join(folder, `${tool}-${target.database}`)
    const driver = target.database === 'postgres' ? postgres : sqlite
    const url = target.database === 'postgres' ? await server.createDatabase() : 'sqlite::memory:'
    const own = await driver.connect({ url: target.database === 'postgres' ? await server.createDatabase() : url })
    const apps = models().flatMap((model, at) => generateApp(place, `m${at}`, renamedSchemas(withoutKind(model, 'geometry', { kind: 'blob' }), `m${at}`), target, own.dialect) ?? [])
    expect(apps.length).toBeGreaterThan(modelCount(40) * 0.8)
    const unexplained: string[] = []
    for (let from = 0; from < apps.length; from += batch) {
      const some = apps.slice(from, from + batch)
      const databases = await databasesOf(some, url, place)
      const { version, apps: said } = await runDjango(tool, { folder: place, apps: some.map(({ label }) => label), zones: true, databases })
      expect(version).toMatch(new RegExp(`^${target.version.replace('.', '\\.')}`))
      const problems = Object.entries(said).flatMap(([label, list]) => list.map((one) => ({ label, ...one })))
      expect(problems.filter(({ id }) => !harmless.has(id))).toEqual([])
      for (const app of some) unexplained.push(...(await differences(app, target, own, target.database === 'postgres' ? url : `sqlite:${join(place, `${app.label}.sqlite3`)}`, used)))
    }
    await own.close()
    expect(unexplained).toEqual([])
  })

  it('needs every explanation', () => {
    expect(explanations.filter((one) => !used.has(one)).map(({ why }) => why)).toEqual([])
  })

  it('writes Python as black does', () => {
    const places = runs.map(({ tool, database }) => join(folder, `${tool}-${database}`))
    const black = spawnSync(pythonOfTool('lint'), ['-m', 'black', '--check', '--quiet', '--diff', '--extend-exclude', '/migrations/', ...places], { encoding: 'utf8' })
    expect(black.stdout + black.stderr).toBe('')
    expect(black.status).toBe(0)
  })
})

/** Warnings of Django's check that say what is so: models.W045, a condition that it cannot validate in Python because it is SQL (there is a finding on it). */
const harmless = new Set(['models.W045'])

async function databasesOf(apps: readonly GeneratedApp[], url: string, folder: string): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  if (!url.startsWith('postgres')) return Object.fromEntries(apps.map(({ label }) => [label, { ENGINE: 'django.db.backends.sqlite3', NAME: join(folder, `${label}.sqlite3`) }]))
  const { pathname, username, password, hostname, port } = new URL(url)
  const connection = await postgres.connect({ url })
  // An app has a schema of its own where its tables without one go, and makes none itself.
  for (const { label, shapes } of apps) for (const schema of new Set([label, ...shapes.map((shape) => shape.schema)])) if (schema !== '') await connection.execute(`CREATE SCHEMA "${schema}"`)
  await connection.close()
  const entry = { ENGINE: 'django.db.backends.postgresql', NAME: pathname.slice(1), USER: username, PASSWORD: password, HOST: hostname, PORT: port }
  return Object.fromEntries(apps.map(({ label }) => [label, { ...entry, OPTIONS: { options: `-c search_path=${label}` } }]))
}

async function differences({ label, shapes }: GeneratedApp, target: AppTarget, own: Connection, url: string, used: Set<Explanation>): Promise<readonly string[]> {
  const connection = await (target.database === 'postgres' ? postgres : sqlite).connect({ url })
  const schemas = [label, ...new Set(shapes.map(({ schema }) => schema).filter((schema) => schema !== ''))]
  const theirs = await tablesOfDjango(connection, schemas, label)
  await connection.close()
  const ours = await tablesOfDialect(own, shapes)
  return ours.flatMap((table) => {
    const other = theirs.find(({ schema, name }) => schema === table.schema && name === table.name)
    const said = shapes.find(({ schema, name }) => name === table.name && (schema === table.schema || schema === '' || table.schema === ''))
    if (other === undefined || said === undefined) return [`${label}: Django has no table ${table.schema}.${table.name}`]
    const all = compareShapes(table, other)
    return all.flatMap((difference) => {
      const why = explanations.find((one) => one.holds({ difference, all, said, target }))
      if (why !== undefined) used.add(why)
      return why === undefined ? [`${label} ${table.name}.${difference.column} ${difference.what}: ours ${JSON.stringify(difference.ours)}, Django's ${JSON.stringify(difference.theirs)}`] : []
    })
  })
}
