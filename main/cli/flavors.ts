import type { Dialect } from '../../app/flavor/dialect.ts'
import { flavors } from '../../flavors/registry.ts'
import { UsageError } from './exit.ts'
import { nearest } from './nearest.ts'

/** The dialect that a person named. Throws UsageError with the known names. */
export function dialectOf(name: string | undefined): Dialect {
  const names = flavors.map(({ dialect }) => dialect.name)
  if (name === undefined) throw new UsageError(`name the SQL with --flavor: ${names.join(', ')} (or flavor: in metamigrate.yaml)`)
  const found = flavors.find(({ dialect, schemes }) => dialect.name === name || schemes.includes(name))
  if (found === undefined) throw new UsageError(`there is no flavor '${name}'${nearest(name, names, '; did you mean ')} Known: ${names.join(', ')}`)
  return found.dialect
}
