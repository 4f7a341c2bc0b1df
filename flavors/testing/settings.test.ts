import { describe, expect, it } from 'vitest'
import { flavors } from '../registry.ts'

const settings = flavors.flatMap(({ dialect }) => dialect.settings.map((setting) => ({ dialect, setting, title: `${dialect.name}.${setting.name}` })))

describe('a setting of a flavor', () => {
  it.each(settings)('$title has its fallback first among its values, takes each of them and refuses others', ({ dialect, setting }) => {
    if (setting.values.length === 0) expect(dialect.withSettings({ [setting.name]: setting.fallback }).name).toBe(dialect.name)
    else {
      expect(setting.values[0]).toBe(setting.fallback)
      for (const value of setting.values) expect(dialect.withSettings({ [setting.name]: value }).name).toBe(dialect.name)
      expect(() => dialect.withSettings({ [setting.name]: 'no such value' })).toThrow(setting.fallback)
    }
    expect(() => dialect.withSettings({ nosuchsetting: 'x' })).toThrow(setting.name)
  })
})
