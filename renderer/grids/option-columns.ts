import { useMemo } from 'react'
import type { Dialect, TableOption } from '../../app/flavor/dialect.ts'
import type { Table } from '../../app/model/model.ts'
import { useApp } from '../store/app.ts'
import { dialects, shownFlavor } from '../store/flavors.ts'
import type { Sheet, SheetColumn } from './sheet.ts'
import { optionColumns } from './tables-sheet.ts'

/** Options to be shown for tables: all of the shown flavor, then those of others that a table has a value for, known or not. */
export function optionsOf(tables: Iterable<Table>, shown: Dialect | undefined, all: readonly Dialect[]): readonly TableOption[] {
  const options = new Map((shown?.tableOptions ?? []).map((option) => [option.key, option]))
  const known = new Map(all.flatMap((dialect) => dialect.tableOptions.map((option) => [option.key, option] as const)))
  for (const table of tables) {
    for (const key in table.options) {
      if (!options.has(key)) options.set(key, known.get(key) ?? { key, label: key, about: 'No flavor knows this option.', values: [] })
    }
  }
  return [...options.values()]
}

/** The columns of a sheet; that of tables has the flavors' options behind its own. */
export function useSheetColumns(sheet: Sheet): readonly SheetColumn[] {
  const document = useApp((state) => state.model.document)
  const structure = useApp((state) => state.model.structure)
  const flavor = useApp((state) => state.view.flavor)
  const settings = useApp((state) => state.view.settings)
  const { dialect } = shownFlavor({ flavor, settings })
  return useMemo(() => {
    if (sheet.name !== 'tables' || structure < 0) return sheet.columns
    const tables = (document?.order ?? []).flatMap((id) => document?.table(id) ?? [])
    return [...sheet.columns, ...optionColumns(optionsOf(tables, dialect, dialects))]
  }, [sheet, document, structure, dialect])
}
