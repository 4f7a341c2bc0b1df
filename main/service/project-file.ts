import { parseDocument } from 'yaml'
import { z } from 'zod'
import type { TargetPolicy, TargetTag } from '../../app/api/api.ts'
import { MetaMigrateError } from '../../app/errors.ts'

/** What metamigrate.yaml says. */
export interface ProjectFile {
  readonly name: string | null
  /** Directory of CSVs or one CSV file, relative to the project. */
  readonly model: string
  /** Default flavor of previews. */
  readonly flavor: string | null
  readonly connections: Readonly<Record<string, { readonly url: string; readonly password?: string | undefined; readonly tag: TargetTag; readonly policy: TargetPolicy }>>
}

const connection = z.strictObject({
  url: z.string().min(1),
  password: z.string().optional(),
  tag: z.enum(['development', 'test', 'production']).default('development'),
  policy: z.enum(['free', 'confirm', 'read-only']).default('free'),
})

const shape = z.strictObject({
  name: z.string().optional(),
  model: z.string().min(1).default('model'),
  flavor: z.string().optional(),
  connections: z.record(z.string().min(1), connection).default({}),
  // Kept for what is built later; it is no error to have them already.
  macros: z.unknown().optional(),
})

/** A project file read whole. Errors: PROJECT_INVALID with the line of the first mistake. */
export function parseProject(source: string, file: string): ProjectFile {
  // Aliases could blow a small file up without end.
  const document = parseDocument(source, { uniqueKeys: true })
  const [mistake] = document.errors
  if (mistake !== undefined) throw new MetaMigrateError('PROJECT_INVALID', `${file} is not YAML: ${mistake.message.split('\n')[0] ?? ''}`, { file })
  const result = shape.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {})
  if (result.success) return { name: result.data.name ?? null, model: result.data.model, flavor: result.data.flavor ?? null, connections: result.data.connections }
  const problems = result.error.issues.slice(0, 3).map(({ path, message }) => `${path.map(String).join('.') || 'the file'}: ${message}`)
  throw new MetaMigrateError('PROJECT_INVALID', `${file}: ${problems.join('; ')}.`, { file })
}
