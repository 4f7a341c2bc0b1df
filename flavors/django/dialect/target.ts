import { MetaMigrateError } from '../../../app/errors.ts'
import type { Setting } from '../../flavor.ts'
import { readSettings } from '../../settings.ts'
import { keywords } from './reserved.ts'

/** What the code is written for. */
export interface Target {
  /** Django version times ten: 42, 50 ... 61. */
  readonly version: number
  readonly layout: 'file' | 'package'
  /** App label: a Python identifier. */
  readonly app: string
  readonly managed: boolean
  readonly database: 'postgres' | 'sqlite' | 'mysql' | 'mssql'
  /** The project's USE_TZ. */
  readonly zones: boolean
  /** GeoDjango may be imported. */
  readonly gis: boolean
}

/** Choices about the code, the default first. */
export const settings: readonly Setting[] = [
  { name: 'version', label: 'Django version', about: 'Oldest Django that shall run the code: only what it knows is written.', values: ['5.2', '4.2', '5.0', '5.1', '6.0', '6.1'], fallback: '5.2' },
  { name: 'layout', label: 'Files', about: 'One models.py, or an app package with a file for each table.', values: ['file', 'package'], fallback: 'file' },
  { name: 'app', label: 'App', about: 'Name of the app package, a Python identifier.', values: [], fallback: 'app' },
  { name: 'managed', label: 'Managed', about: 'Whether Django makes and changes the tables by its migrations (yes), or only reads and writes them (no).', values: ['yes', 'no'], fallback: 'yes' },
  { name: 'database', label: 'Database', about: 'What stands behind Django: decides how a schema is written and which fields there are (ArrayField).', values: ['postgres', 'sqlite', 'mysql', 'mssql'], fallback: 'postgres' },
  { name: 'tz', label: 'Time zones', about: 'USE_TZ of the project: yes means moments with a zone, no means local times.', values: ['yes', 'no'], fallback: 'yes' },
  { name: 'gis', label: 'GeoDjango', about: 'Whether geometry becomes a GeometryField of GeoDjango, which needs GDAL and a spatial database.', values: ['no', 'yes'], fallback: 'no' },
]

/** The target that settings name. Errors: SETTING_REFUSED. */
export function targetOf(values: Readonly<Record<string, string>>): Target {
  const chosen = readSettings('django', settings, values)
  const app = chosen['app'] ?? ''
  if (!/^[a-z][a-z0-9_]*$/i.test(app) || keywords.has(app)) {
    throw new MetaMigrateError('SETTING_REFUSED', `django.app is the name of a Python package, letters, digits and _, not ${JSON.stringify(app)}.`, { flavor: 'django', setting: 'app' })
  }
  return {
    version: Number((chosen['version'] ?? '').replace('.', '')),
    layout: chosen['layout'] === 'package' ? 'package' : 'file',
    app,
    managed: chosen['managed'] !== 'no',
    database: databaseOf(chosen['database']),
    zones: chosen['tz'] !== 'no',
    gis: chosen['gis'] === 'yes',
  }
}

const databaseOf = (name: string | undefined): Target['database'] => (name === 'sqlite' || name === 'mysql' || name === 'mssql' ? name : 'postgres')
