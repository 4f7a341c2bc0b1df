import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { prefetch } from './prefetch.ts'

const folder = mkdtempSync(join(tmpdir(), 'metamigrate-prefetch-'))
const path = join(folder, 'fields.csv')
afterAll(() => rmSync(folder, { recursive: true }))

describe('prefetch', () => {
  it('gives its result once, and to its own path only', async () => {
    writeFileSync(path, 'a')
    const begun = prefetch(path, async () => 'read')
    expect([await begun.take(folder), await begun.take(path), await begun.take(path)]).toEqual([null, 'read', null])
  })

  it('gives nothing when a file of the folder was written since', async () => {
    writeFileSync(path, 'a')
    const started = Promise.withResolvers<void>()
    const begun = prefetch(folder, async () => {
      started.resolve()
      return 'read'
    })
    await started.promise
    writeFileSync(path, 'bb')
    utimesSync(path, new Date(0), new Date(0))
    expect(await begun.take(folder)).toBeNull()
  })

  it('gives nothing where the work failed', async () => {
    expect(await prefetch(join(folder, 'gone'), () => Promise.reject(new Error('no'))).take(join(folder, 'gone'))).toBeNull()
  })
})
