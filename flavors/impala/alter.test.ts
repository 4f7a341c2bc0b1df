import { describe, expect, it } from 'vitest'
import type { Operation } from '../flavor.ts'
import { dialect } from './dialect/index.ts'
import { column, decimal, impala, table, varchar } from './testing/build.ts'

const name = { schema: 'Sales', name: 'Orders' }
const kudu = impala({ STORED_AS: 'KUDU' })
const ice = impala({ STORED_AS: 'ICEBERG' })
const said = (operation: Operation, version = '4.5') => dialect.withSettings({ version }).statements(operation).map(({ text, undo }) => [text, undo])
const note = column('Note', varchar(20), { comment: 'a' })
const alter = (to: Partial<typeof note>, options?: Record<string, string>, from = note): Operation => ({ kind: 'alterColumn', table: name, from, to: { ...from, ...to }, ...(options === undefined ? {} : { options }) })

describe('ALTER of a file table', () => {
  it('adds a field at the end, and comments', () => {
    expect(said({ kind: 'addColumn', table: name, column: column('Note', varchar(20), { comment: 'x', nullable: false }) })).toEqual([
      ["ALTER TABLE `sales`.`orders` ADD COLUMNS (`note` VARCHAR(20) COMMENT 'x')", ['ALTER TABLE `sales`.`orders` DROP COLUMN `note`']],
    ])
    expect(said(alter({ comment: '' }))).toEqual([['COMMENT ON COLUMN `sales`.`orders`.`note` IS NULL', ["COMMENT ON COLUMN `sales`.`orders`.`note` IS 'a'"]]])
    expect(said({ kind: 'commentTable', table: name, from: '', to: `it's "x"` })).toEqual([[`COMMENT ON TABLE \`sales\`.\`orders\` IS 'it\\'s "x"'`, ['COMMENT ON TABLE `sales`.`orders` IS NULL']]])
  })

  it.each<[string, Operation]>([
    ['rows that are there already would be NULL and not 0', { kind: 'addColumn', table: name, column: column('n', 'int32', { default: '0' }) }],
    ['Impala has no generated fields', { kind: 'addColumn', table: name, column: column('n', 'int32', { generated: { expression: 'a', stored: true } }) }],
    ['cannot be dropped in place', { kind: 'dropColumn', table: name, column: note }],
    ['cannot be renamed in place', { kind: 'renameColumn', table: name, from: 'a', to: 'b', column: note }],
    ['The type of sales.orders.Note cannot be changed in place', alter({ type: varchar(30) })],
    ['cannot be changed in place', alter({ nullable: false })],
    ['a file table keeps no default', alter({ default: "'x'" })],
  ])('does not: %s', (message, operation) => expect(() => dialect.statements(operation)).toThrow(message))
})

describe('ALTER of a Kudu table', () => {
  it('adds, drops and renames fields, and sets defaults', () => {
    expect(said({ kind: 'addColumn', table: name, column: column('n', decimal(9, 2), { default: '0', nullable: false }), options: kudu })).toEqual([
      ['ALTER TABLE `sales`.`orders` ADD COLUMNS (`n` DECIMAL(9,2) NOT NULL DEFAULT CAST(0 AS DECIMAL(9,2)))', ['ALTER TABLE `sales`.`orders` DROP COLUMN `n`']],
    ])
    expect(said({ kind: 'dropColumn', table: name, column: note, options: kudu })).toEqual([['ALTER TABLE `sales`.`orders` DROP COLUMN `note`', null]])
    expect(said({ kind: 'renameColumn', table: name, from: 'Note', to: 'Text', column: note, options: kudu })).toEqual([
      ['ALTER TABLE `sales`.`orders` CHANGE `note` `text` VARCHAR(20)', ['ALTER TABLE `sales`.`orders` CHANGE `text` `note` VARCHAR(20)']],
    ])
    expect(said(alter({ default: "'it''s'" }, kudu))).toEqual([["ALTER TABLE `sales`.`orders` ALTER COLUMN `note` SET DEFAULT CAST('it\\'s' AS VARCHAR(20))", ['ALTER TABLE `sales`.`orders` ALTER COLUMN `note` DROP DEFAULT']]])
  })

  it.each<[string, Operation]>([
    ['need a value', { kind: 'addColumn', table: name, column: column('n', 'int32', { nullable: false }), options: kudu }],
    ['the default now() is no constant of its type', { kind: 'addColumn', table: name, column: column('n', { kind: 'timestamp', precision: null }, { default: 'now()' }), options: kudu }],
    ['cannot be renamed without its type', { kind: 'renameColumn', table: name, from: 'a', to: 'b', options: kudu }],
    ['The type of', alter({ type: { kind: 'int64' } }, kudu, column('n', 'int32'))],
  ])('does not: %s', (message, operation) => expect(() => dialect.statements(operation)).toThrow(message))
})

describe('ALTER of an Iceberg table', () => {
  it('widens whole numbers, floating ones and decimals, with no way back', () => {
    expect(said(alter({ type: { kind: 'int64' } }, ice, column('n', 'int32')))).toEqual([['ALTER TABLE `sales`.`orders` CHANGE `n` `n` BIGINT', null]])
    expect(said(alter({ type: { kind: 'float64' } }, ice, column('n', 'float32')))).toEqual([['ALTER TABLE `sales`.`orders` CHANGE `n` `n` DOUBLE', null]])
    expect(said(alter({ type: decimal(12, 2) }, ice, column('n', decimal(10, 2))))).toEqual([['ALTER TABLE `sales`.`orders` CHANGE `n` `n` DECIMAL(12,2)', null]])
    expect(() => dialect.statements(alter({ type: decimal(12, 3) }, ice, column('n', decimal(10, 2))))).toThrow('cannot be changed in place')
  })

  it('takes a longer text without a statement: both are STRING', () => expect(said(alter({ type: varchar(30) }, ice))).toEqual([]))

  it('sets defaults in format version 3 of Impala 5 only', () => {
    const three = { ...ice, 'IMPALA.TBLPROPERTIES': 'format-version = 3' }
    expect(said(alter({ default: '7' }, three, column('n', 'int32')), '5.0')).toEqual([['ALTER TABLE `sales`.`orders` ALTER COLUMN `n` SET DEFAULT 7', ['ALTER TABLE `sales`.`orders` ALTER COLUMN `n` DROP DEFAULT']]])
    expect(() => dialect.statements(alter({ default: '7' }, three, column('n', 'int32')))).toThrow('keeps no default')
  })
})

describe('what no table of Impala can', () => {
  const shape = table('t', [column('a', 'int32')])
  it('is refused with the way out', () => {
    expect(() => dialect.statements({ kind: 'createIndex', table: shape, index: { name: 'i', unique: false, method: '', parts: [], include: [], predicate: '' } })).toThrow('Impala has no indexes: sort a file table (IMPALA.SORT_BY) or partition it.')
    expect(() => dialect.statements({ kind: 'addKey', table: shape, key: { name: '', columns: ['a'] }, primary: true })).toThrow('redeploy the table, which rebuilds it')
  })

  it('is nothing where nothing has to be done', () => {
    expect(dialect.statements({ kind: 'checkReferences', tables: [shape] })).toEqual([])
    expect(dialect.statements({ kind: 'createSchema', schema: '' })).toEqual([])
    expect(said({ kind: 'createSchema', schema: 'Sales' })).toEqual([['CREATE DATABASE IF NOT EXISTS `sales`', ['DROP DATABASE IF EXISTS `sales` RESTRICT']]])
  })
})
