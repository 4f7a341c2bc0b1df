import { describe, expect, it } from 'vitest'
import { cases } from '../../cases.ts'
import type { Dialect, Operation } from '../../flavor.ts'
import { dialect } from './index.ts'

const texts = (of: Dialect, operation: Operation) => of.statements(operation).map(({ text }) => text)
const mariadb = dialect.withSettings({ version: 'mariadb-10.11' })
const check = cases.dropCheck

describe('a server version', () => {
  it('decides how a check is dropped, and whether there are any', () => {
    expect(texts(dialect, check)).toEqual(['ALTER TABLE `person` DROP CONSTRAINT `person_age_check`'])
    expect(texts(dialect.forVersion(80_016), check)).toEqual(['ALTER TABLE `person` DROP CHECK `person_age_check`'])
    expect(() => texts(dialect.forVersion(80_013), check)).toThrow('MySQL has checks since 8.0.16')
    expect(texts(dialect.forVersion(80_013), cases.createTable)[0]).not.toContain('CHECK')
  })

  it('decides whether defaults stand in parentheses', () => {
    const day = { kind: 'addColumn', table: { schema: '', name: 't' }, column: { ...cases.addNotNullColumn.column, type: { kind: 'text' }, default: "'x'" } } as const
    expect(texts(dialect, day)).toEqual(["ALTER TABLE `t` ADD COLUMN `joined` longtext NOT NULL DEFAULT ('x')"])
    expect(texts(mariadb, day)).toEqual(["ALTER TABLE `t` ADD COLUMN `joined` longtext NOT NULL DEFAULT 'x'"])
  })

  it('is kept when only the quoting is chosen', () => {
    const older = dialect.forVersion(80_016).withSettings({ quoting: 'needed' })
    expect(texts(older, check)).toEqual(['ALTER TABLE person DROP CHECK person_age_check'])
  })
})

describe('quotes only where they are needed', () => {
  const bare = dialect.withSettings({ quoting: 'needed' })

  it('stay around words of the grammar and names that are no words', () => {
    expect(texts(bare, cases.createTableWithReference)[0]).toBe(`CREATE TABLE \`order\` (
  \`id\` bigint NOT NULL AUTO_INCREMENT,
  person_id bigint NOT NULL,
  price decimal(10,2) NOT NULL DEFAULT 0,
  PRIMARY KEY (\`id\`),
  CONSTRAINT order_person_fk FOREIGN KEY (person_id) REFERENCES person (\`id\`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci`)
    expect(texts(bare, cases.renameColumn)).toEqual(['ALTER TABLE person RENAME COLUMN `full name` TO `name`'])
  })

  it('stay around what begins with _, which says a character set, and around names of functions', () => {
    const rename = (to: string) => texts(bare, { kind: 'renameTable', from: { schema: '', name: 'a' }, to })
    expect([rename('_utf8mb4'), rename('count'), rename('b1')]).toEqual([['RENAME TABLE a TO `_utf8mb4`'], ['RENAME TABLE a TO `count`'], ['RENAME TABLE a TO b1']])
  })

  it('go in the way back too, and in questions', () => {
    expect(bare.statements(cases.addCheck).flatMap(({ undo }) => undo ?? [])).toEqual(['ALTER TABLE person DROP CONSTRAINT person_age_check'])
    expect(bare.question({ kind: 'countRows', table: { schema: 'a b', name: 'person' } })).toBe('SELECT COUNT(*) FROM `a b`.person')
  })
})

describe('what a MODIFY restates', () => {
  it('is everything: collation, NULL, default, its ON UPDATE, comment', () => {
    const from = { name: 'at', type: { kind: 'timestamptz', precision: 3 }, nullable: false, default: 'CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP', identity: null, generated: null, comment: "it's", collation: '' } as const
    const [statement] = dialect.statements({ kind: 'alterColumn', table: { schema: '', name: 't' }, from, to: { ...from, comment: 'new' } })
    expect(statement?.text).toBe("ALTER TABLE `t` MODIFY COLUMN `at` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'new'")
    expect(statement?.undo).toEqual(["ALTER TABLE `t` MODIFY COLUMN `at` timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT 'it''s'"])
    const text = { ...from, type: { kind: 'varchar', length: 5 }, default: "'x'", collation: 'utf8mb4_bin', nullable: true } as const
    expect(texts(dialect, { kind: 'alterColumn', table: { schema: '', name: 't' }, from: text, to: { ...text, type: { kind: 'varchar', length: 9 } } })).toEqual([
      "ALTER TABLE `t` MODIFY COLUMN `at` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT 'x' COMMENT 'it''s'",
    ])
  })
})
