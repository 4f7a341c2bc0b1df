import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { flavors } from '../flavors/registry.ts'
import { factsOf, pagePath, withFacts } from './flavor-docs.ts'

const folder = dirname(pagePath('README'))

describe('docs/flavors', () => {
  it.each(flavors.map(({ dialect }) => [dialect.name, dialect] as const))('tells of %s what the code says', (name, dialect) => {
    const page = readFileSync(pagePath(name), 'utf8')
    expect(page).toContain(factsOf(dialect))
    expect(withFacts(page, dialect)).toBe(page)
    expect(page).toContain('## How a redeploy works here')
    expect(page).toContain('## What is not proved live')
  })

  it('lists every page, and links to none that is missing', () => {
    const index = readFileSync(join(folder, 'README.md'), 'utf8')
    for (const { dialect } of flavors) expect(index).toContain(`[${dialect.label}](${dialect.name}.md)`)
    for (const file of readdirSync(folder)) {
      const links = [...readFileSync(join(folder, file), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '')
      expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([])
    }
  })
})
