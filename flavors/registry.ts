import type { Flavor } from './flavor.ts'
import { dialect as django } from './django/dialect/index.ts'
import { dialect as impala } from './impala/dialect/index.ts'
import { dialect as mssql } from './mssql/dialect/index.ts'
import { dialect as mysql } from './mysql/dialect/index.ts'
import { dialect as postgres } from './postgres/dialect/index.ts'
import { dialect as sqlite } from './sqlite/dialect/index.ts'

/** The list of flavors, in the order the screen shows them. A driver is imported on first use: opening a CSV loads none. */
export const flavors: readonly Flavor[] = [
  { dialect: postgres, schemes: ['postgres', 'postgresql'], driver: async () => (await import('./postgres/driver/index.ts')).driver },
  { dialect: mssql, schemes: ['mssql'] },
  { dialect: mysql, schemes: ['mysql', 'mariadb'] },
  { dialect: sqlite, schemes: ['sqlite'], driver: async () => (await import('./sqlite/driver/index.ts')).driver },
  { dialect: impala, schemes: ['impala'] },
  { dialect: django, schemes: [] },
]
