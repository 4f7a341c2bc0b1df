import { MetaMigrateError } from '../../app/errors.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import { flavors } from '../../flavors/registry.ts'
import type { Project } from '../service/project.ts'
import { UsageError } from './exit.ts'
import { nearest } from '../service/nearest.ts'

/** The dialect that a person named. Throws UsageError with the known names. */
export function dialectOf(name: string | undefined): Dialect {
  const names = flavors.map(({ dialect }) => dialect.name)
  if (name === undefined) throw new UsageError(`name the SQL with --flavor: ${names.join(', ')} (or flavor: in metamigrate.yaml)`)
  const found = flavors.find(({ dialect, schemes }) => dialect.name === name || schemes.includes(name))
  if (found === undefined) throw new UsageError(`there is no flavor '${name}'${nearest(name, names, '; did you mean ') || '.'} Known: ${names.join(', ')}`)
  return found.dialect
}

/** Options that choose a flavor and its settings. */
export interface FlavorOptions {
  readonly flavor?: string
  readonly set?: readonly string[]
}

/** The dialect that a command was called for, else the project's, with the settings of metamigrate.yaml and of `--set` over them. Throws UsageError. */
export function chosenDialect({ flavor, set = [] }: FlavorOptions, project: Pick<Project, 'flavor' | 'flavors'> | null): Dialect {
  const dialect = dialectOf(flavor ?? project?.flavor ?? undefined)
  const given = Object.fromEntries(set.map(settingOf))
  try {
    return dialect.withSettings({ ...project?.flavors[dialect.name], ...given })
  } catch (error) {
    // What the project's file says was looked at when it was read: this comes from the command line.
    if (error instanceof MetaMigrateError && error.code === 'SETTING_REFUSED') throw new UsageError(`--set: ${error.message}`)
    throw error
  }
}

function settingOf(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at <= 0) throw new UsageError(`--set takes NAME=VALUE, for instance --set quoting=needed, not '${text}'`)
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

/** Names of the flavors that write code. */
export const codeFlavors = (): readonly string[] => flavors.flatMap(({ dialect }) => (dialect.document === null ? [] : [dialect.name]))
