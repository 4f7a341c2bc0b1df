import { sequenceOf } from '../../../../app/model/sequence-default.ts'
import type { CatalogTable } from '../../../flavor.ts'
import { displayTable, spelled } from '../../dialect/names.ts'
import type { CatalogIndex } from './catalog-index.ts'
import type { ColumnRow, RelationRow } from './rows.ts'
import { isSerial } from './shape.ts'

type LeftOut = NonNullable<CatalogTable['leftOut']>

/** Settings of the sequences behind a table's numbers, and whose they are: the model says only that its fields are numbered. */
export function numbersLeftOut(table: RelationRow, index: CatalogIndex): LeftOut {
  return index.columns(table.oid).flatMap((column): LeftOut => {
    const field = `${displayTable(table)}.${spelled(column.name)}`
    const own = index.sequences(table.oid).find((one) => one.column === column.number)
    return [...(own === undefined ? [] : ofOwn(column, field, own, index)), ...ofOthers(column, field, index)]
  })
}

function ofOwn(column: ColumnRow, field: string, own: ReturnType<CatalogIndex['sequences']>[number], index: CatalogIndex): LeftOut {
  const name = displayTable(own)
  const options = own.options.replaceAll('SET ', '').toLowerCase()
  const say = (severity: 'warning' | 'info', message: string) => ({ column: column.name, severity, message })
  if (own.tie === 'a' && !isSerial(column, index))
    return [say('info', `The sequence ${name} belongs to ${field}, which does not draw from it: a redeploy of this database keeps it, another one does not get it.`)]
  if (options === '') return []
  return [say('warning', `The sequence ${name} of ${field} has options that the model does not hold (${options}): a redeploy of this database keeps them; a table made elsewhere counts from 1 by 1.`)]
}

function ofOthers(column: ColumnRow, field: string, index: CatalogIndex): LeftOut {
  const drawn = column.identity === '' && column.generated === '' && !isSerial(column, index) ? sequenceOf(column.default) : null
  if (drawn === null) return []
  const message = `${field} draws its numbers from the sequence ${drawn.schema === '' ? spelled(drawn.name) : displayTable(drawn)}, which is not its own: the default stays as it is, and elsewhere such a sequence is made where it is missing, counting from 1 by 1.`
  return [{ column: column.name, severity: 'info', message }]
}
