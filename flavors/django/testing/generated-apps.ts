import type { Model } from '../../../app/model/model.ts'
import type { TableShape } from '../../../app/model/shape.ts'
import type { Dialect } from '../../flavor.ts'
import { usableShapes } from '../../testing/usable-shapes.ts'
import { dialect } from '../dialect/index.ts'
import { writeFiles } from './django.ts'

/** What stands behind Django in a run, and the version that the code is written for. */
export interface AppTarget {
  readonly version: string
  readonly database: 'postgres' | 'sqlite'
}

/** An app made from a model, and the tables that it is about. */
export interface GeneratedApp {
  readonly label: string
  readonly shapes: readonly TableShape[]
}

/** The model with schemas of its own, so that many stand in one database. */
export const renamedSchemas = (model: Model, label: string): Model => ({ ...model, tables: model.tables.map((table) => (table.schema === '' ? table : { ...table, schema: `${label}_${table.schema}` })) })

/** The model's tables that pass the checks of Django and of the database, written as an app package under `folder`; null when none does. */
export function generateApp(folder: string, label: string, model: Model, target: AppTarget, sql: Dialect): GeneratedApp | null {
  const django = dialect.withSettings({ ...target, layout: 'package', app: label })
  const own = new Set(usableShapes(sql, model).map(({ said }) => JSON.stringify(said)))
  const names = new Set(usableShapes(django, model).flatMap(({ said }) => (own.has(JSON.stringify(said)) ? [said.name] : [])))
  // A table that only one of them takes is left out, and so is what points at it.
  const shapes = usableShapes(django, { ...model, tables: model.tables.filter(({ name }) => names.has(name)) }).map(({ said }) => said)
  const kept = shapes.filter(({ references }) => references.every(({ parent }) => names.has(parent.name)))
  if (kept.length === 0 || django.document === null) return null
  writeFiles(folder, django.document({ tables: kept, names: kept, related: kept }))
  return { label, shapes: kept }
}
