import type { Dialect } from '../../app/flavor/dialect.ts'
import { flavors } from '../../flavors/registry.ts'

/** The dialects in the order of the registry. */
export const dialects: readonly Dialect[] = flavors.map((flavor) => flavor.dialect)

export function dialectOf(name: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.name === name)
}
