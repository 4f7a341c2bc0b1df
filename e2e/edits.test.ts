import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { closeBrowser, openPage, root, startHost } from './program.ts'
import { wander } from './wander.ts'

afterAll(() => closeBrowser())

const rounds = Number(process.env['METAMIGRATE_EDIT_ROUNDS'] ?? 40)
const seed = Number(process.env['METAMIGRATE_EDIT_SEED'] ?? Math.floor(Math.random() * 1e6))

describe('an open edit', () => {
  it(`belongs to its field, whatever is done meanwhile (seed ${seed}, ${rounds} rounds)`, { timeout: 120_000 + rounds * 6_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'metamigrate-edits-'))
    await cp(join(root, 'assets', 'sample'), folder, { recursive: true })
    const host = await startHost({ path: folder })
    try {
      const { page, errors } = await openPage(host.url, { width: 1900 })
      expect(await wander(page, folder, rounds, seed)).toEqual([])
      expect(errors).toEqual([])
      await page.context().close()
    } finally {
      await host.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })
})
