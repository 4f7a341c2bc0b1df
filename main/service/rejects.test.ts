import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { rejectWriter } from './rejects.ts'

it('a reject file is never written over another one, and only its owner reads it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'metamigrate-rejects-'))
  try {
    const write = rejectWriter(() => join(folder, 'new'))
    const rows = { columns: ['id', 'field', 'value', 'reason'], rows: [['1', 'n', 'a "b", c', 'does not fit integer'], ['2', 'n', null, 'no value'], ['3', 'n', '', 'does not fit integer']] }
    const first = await write('shop.item.rejects.csv', rows)
    const second = await write('shop.item.rejects.csv', { ...rows, rows: [] })
    expect([first, second]).toEqual([join(folder, 'new', 'shop.item.rejects.csv'), join(folder, 'new', 'shop.item.rejects-2.csv')])
    expect(readFileSync(first, 'utf8')).toBe('id,field,value,reason\r\n1,n,"a ""b"", c",does not fit integer\r\n2,n,,no value\r\n3,n,"",does not fit integer\r\n')
    expect(statSync(first).mode & 0o777).toBe(0o600)
    await expect(rejectWriter(() => first)('x.csv', rows)).rejects.toMatchObject({ code: 'REJECTS_UNWRITABLE' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
