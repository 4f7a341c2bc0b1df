import { MetaMigrateError } from '../app/errors.ts'
import type { Setting, Statement } from './flavor.ts'

/** Whether every name is quoted, or only those that need it. */
export const quoting: Setting = {
  name: 'quoting',
  label: 'Quote names',
  about: 'Whether every name is quoted, or only those that would not mean the same without quotes.',
  values: ['always', 'needed'],
  fallback: 'always',
}

/** Values of `settings`, with fallbacks filled in. Errors: SETTING_REFUSED. */
export function readSettings(flavor: string, settings: readonly Setting[], values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const known = new Map(settings.map((setting) => [setting.name, setting]))
  for (const [name, value] of Object.entries(values)) {
    const setting = known.get(name)
    if (setting === undefined) {
      const names = settings.length === 0 ? 'it has none' : `it has ${[...known.keys()].join(', ')}`
      throw new MetaMigrateError('SETTING_REFUSED', `${flavor} has no setting ${name}: ${names}.`, { flavor, setting: name })
    }
    if (setting.values.length > 0 && !setting.values.includes(value)) {
      throw new MetaMigrateError('SETTING_REFUSED', `${flavor}.${name} is one of ${setting.values.join(', ')}, not ${JSON.stringify(value)}.`, { flavor, setting: name })
    }
  }
  return Object.fromEntries(settings.map(({ name, fallback }) => [name, values[name] ?? fallback]))
}

/** Statements with each text, there and back, as `write` gives it: how a dialect does `quoting: needed`. */
export const rewritten = (list: readonly Statement[], write: (text: string) => string): readonly Statement[] =>
  list.map((one) => ({ ...one, text: write(one.text), undo: one.undo === null ? null : one.undo.map(write) }))
