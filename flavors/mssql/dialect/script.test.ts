import { describe, expect, it } from 'vitest'
import { script } from './script.ts'

const list = ['SET XACT_ABORT ON', 'BEGIN TRANSACTION', 'CREATE TABLE [t] ([a] int NULL)', 'COMMIT TRANSACTION'].map((text) => ({ text }))

describe('a script of SQL Server', () => {
  it('puts each statement into a batch, and runs nothing more once the transaction is gone', () => {
    expect(script(list)).toBe(`SET XACT_ABORT ON;
GO

BEGIN TRANSACTION;
GO

CREATE TABLE [t] ([a] int NULL);
GO
IF @@TRANCOUNT = 0 SET NOEXEC ON;
GO

COMMIT TRANSACTION;
GO

SET NOEXEC OFF;
GO
`)
  })

  it('leaves the guard up for what follows in the same file', () => {
    expect(script(list, { isLast: false })).not.toContain('NOEXEC OFF')
  })

  it('needs no guard without a transaction', () => {
    expect(script([{ text: 'SELECT 1;' }])).toBe('SELECT 1;\nGO\n')
    expect(script([])).toBe('')
  })
})
