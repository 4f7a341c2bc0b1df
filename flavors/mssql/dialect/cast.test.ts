import { describe, expect, it } from 'vitest'
import type { DataType } from '../../../app/model/data-type.ts'
import { dialect } from './index.ts'

const own = (text: string): DataType => ({ kind: 'native', flavor: 'mssql', text })
const varchar = (length: number): DataType => ({ kind: 'varchar', length })
const decimal = (precision: number, scale: number): DataType => ({ kind: 'decimal', precision, scale })
const choice = (...values: readonly string[]): DataType => ({ kind: 'enum', name: null, values })

describe('castRisk', () => {
  it.each([
    [{ kind: 'int8' }, { kind: 'int16' }, 'same'],
    [{ kind: 'timestamp', precision: 7 }, { kind: 'timestamp', precision: null }, 'same'],
    [{ kind: 'array', element: { kind: 'text' } }, { kind: 'json' }, 'same'],
    [own('rowversion'), own('timestamp'), 'same'],
    [{ kind: 'bool' }, { kind: 'int64' }, 'exact'],
    [{ kind: 'int32' }, { kind: 'bool' }, 'lossy'],
    [{ kind: 'uint8' }, { kind: 'int16' }, 'exact'],
    [{ kind: 'int16' }, { kind: 'uint8' }, 'lossy'],
    [{ kind: 'int32' }, decimal(10, 0), 'exact'],
    [{ kind: 'int32' }, decimal(10, 2), 'lossy'],
    [decimal(2, 0), { kind: 'uint8' }, 'lossy'],
    [decimal(4, 0), { kind: 'int16' }, 'exact'],
    [decimal(10, 2), decimal(12, 2), 'exact'],
    [decimal(10, 2), decimal(12, 5), 'lossy'],
    [own('money'), decimal(19, 4), 'exact'],
    [{ kind: 'int32' }, { kind: 'float64' }, 'exact'],
    [{ kind: 'int64' }, { kind: 'float64' }, 'lossy'],
    [{ kind: 'int16' }, { kind: 'float32' }, 'exact'],
    [{ kind: 'float64' }, { kind: 'float32' }, 'lossy'],
    [varchar(10), varchar(20), 'exact'],
    [varchar(20), varchar(10), 'lossy'],
    [{ kind: 'text' }, varchar(10), 'lossy'],
    [varchar(10), { kind: 'text' }, 'exact'],
    [varchar(10), own('varchar(10)'), 'lossy'],
    [own('varchar(10)'), varchar(10), 'exact'],
    [own('varchar(20)'), own('varchar(10)'), 'lossy'],
    [varchar(10), { kind: 'char', length: 10 }, 'lossy'],
    [{ kind: 'int32' }, varchar(11), 'exact'],
    [{ kind: 'int32' }, varchar(10), 'lossy'],
    [{ kind: 'int32' }, own('varchar(3)'), 'lossy'],
    [{ kind: 'float64' }, varchar(24), 'exact'],
    [{ kind: 'uuid' }, varchar(36), 'exact'],
    [{ kind: 'blob' }, { kind: 'text' }, 'exact'],
    [{ kind: 'date' }, { kind: 'timestamp', precision: 0 }, 'exact'],
    [{ kind: 'date' }, own('datetime'), 'lossy'],
    [{ kind: 'timestamp', precision: 7 }, { kind: 'timestamp', precision: 3 }, 'lossy'],
    [{ kind: 'timestamp', precision: 3 }, { kind: 'timestamptz', precision: 7 }, 'exact'],
    [{ kind: 'timestamptz', precision: 7 }, { kind: 'timestamp', precision: 7 }, 'lossy'],
    [own('datetime'), { kind: 'timestamp', precision: 3 }, 'lossy'],
    [own('smalldatetime'), { kind: 'timestamp', precision: 0 }, 'exact'],
    [{ kind: 'binary', length: 8 }, { kind: 'varbinary', length: 8 }, 'exact'],
    [{ kind: 'varbinary', length: 8 }, { kind: 'binary', length: 8 }, 'lossy'],
    [own('rowversion'), { kind: 'varbinary', length: 8 }, 'exact'],
    [{ kind: 'uuid' }, { kind: 'binary', length: 16 }, 'exact'],
    [{ kind: 'bool' }, { kind: 'date' }, 'impossible'],
    [{ kind: 'uuid' }, { kind: 'int32' }, 'impossible'],
    [{ kind: 'int32' }, { kind: 'timestamp', precision: 0 }, 'impossible'],
    [{ kind: 'blob' }, own('rowversion'), 'impossible'],
    [choice('a', 'b'), choice('b', 'a'), 'same'],
    [choice('a'), choice('a', 'b'), 'exact'],
    [choice('a', 'b'), choice('a'), 'lossy'],
    [choice('a', 'b'), varchar(1), 'exact'],
    [varchar(1), choice('a', 'b'), 'lossy'],
    [{ kind: 'json' }, { kind: 'text' }, 'exact'],
    [{ kind: 'text' }, { kind: 'json' }, 'lossy'],
  ] as const)('of %j to %j is %s', (from, to, expected) => expect(dialect.castRisk(from, to)).toBe(expected))
})
