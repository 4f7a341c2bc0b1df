import { MetaMigrateError } from '../../app/errors.ts'
import type { Dialect } from '../../app/flavor/dialect.ts'
import { flavors } from '../../flavors/registry.ts'
import type { ViewSlice } from './state.ts'

/** The dialects in the order of the registry, as nobody has set them. */
export const dialects: readonly Dialect[] = flavors.map((flavor) => flavor.dialect)

export function dialectOf(name: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.name === name)
}

/** Choices about one flavor's text: values by setting name; what is not there stays at its fallback. */
export type OwnSettings = Readonly<Record<string, string>>

interface Shown {
  readonly settings: OwnSettings | undefined
  readonly dialect: Dialect | undefined
  readonly problem: string | null
}

const shown = new Map<string, Shown>()

/** The shown flavor with its settings, the same object as long as they are the same. `problem`: why the settings are refused; the flavor then stands as nobody has set it. */
export function shownFlavor({ flavor, settings }: Pick<ViewSlice, 'flavor' | 'settings'>): Shown {
  const own = settings[flavor]
  const known = shown.get(flavor)
  if (known !== undefined && known.settings === own) return known
  const made = { settings: own, ...withSettings(dialectOf(flavor), own ?? {}) }
  shown.set(flavor, made)
  return made
}

function withSettings(dialect: Dialect | undefined, settings: OwnSettings): Omit<Shown, 'settings'> {
  if (dialect === undefined || Object.keys(settings).length === 0) return { dialect, problem: null }
  try {
    return { dialect: dialect.withSettings(settings), problem: null }
  } catch (error) {
    if (!(error instanceof MetaMigrateError)) throw error
    return { dialect, problem: error.message }
  }
}
