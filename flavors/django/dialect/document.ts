import type { CodeDocument, DocumentRequest } from '../../flavor.ts'
import { contextOf } from './context.ts'
import { importLines } from './imports.ts'
import { linksOf } from './links.ts'
import { modelClass } from './model-class.ts'
import { migrationFinding, splitsMigrations } from './migration-findings.ts'
import { nameFindings } from './name-findings.ts'
import { databaseTable, displayTable } from './names.ts'
import { parentsFirst } from './order.ts'
import { packageFiles } from './package.ts'
import { partNamesOf, sharedNames, type PartNames } from './part-names.ts'
import { penFor, type Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'
import type { Target } from './target.ts'

/** One model's text, without imports, and what it uses. */
export interface ModelCode {
  readonly plan: TablePlan
  readonly text: string
  readonly pen: Pen
}

/** Models of tables: parents before children, one file or a package. Deterministic: same request, same bytes. */
export function document(request: DocumentRequest, target: Target): CodeDocument {
  const models = modelsOf(request, target)
  const findings = models.flatMap(({ plan: { shape }, pen }) => {
    const table = { schema: shape.schema, name: shape.name }
    return pen.findings.map((finding) => ({ ...finding, message: `${displayTable(table)}: ${finding.message}`, table }))
  })
  if (target.layout === 'package') return { files: packageFiles(models, target), findings }
  const used = new Set(models.flatMap(({ pen }) => [...pen.imports]))
  const text = models.length === 0 ? '' : `${importLines(used)}\n\n\n${models.map((model) => model.text).join('\n\n')}`
  return { files: [{ path: 'models.py', text }], findings }
}

/** Models in the order they are written in. */
export function modelsOf(request: DocumentRequest, target: Target): readonly ModelCode[] {
  const context = contextOf(request, target)
  const links = linksOf(context)
  const ordered = parentsFirst(context.written, links)
  const shared = sharedNames(context.plans, target)
  const tables = new Map<string, number>()
  for (const name of request.names) tables.set(databaseTable(name, target), (tables.get(databaseTable(name, target)) ?? 0) + 1)
  const isSplit = splitsMigrations(ordered, links)
  const above = new Set<string>()
  return ordered.map((plan) => {
    const pen = penFor(target)
    nameFindings(plan.shape, pen)
    const written = databaseTable(plan.shape, target)
    if ((tables.get(written) ?? 0) > 1) {
      pen.say('NAME_CLASH', 'error', { property: 'name' }, `Two tables are written as db_table ${JSON.stringify(written)}, which Django refuses (models.E028). Rename one.`)
    }
    if (isSplit) migrationFinding(plan, links, pen)
    const names = toldApart(partNamesOf(plan.shape, target), (name) => shared(plan, name))
    const text = modelClass(plan, { context, links, names, above: target.layout === 'file' ? above : new Set() }, pen)
    above.add(plan.className)
    return { plan, text, pen }
  })
}

const toldApart = (names: PartNames, tell: (name: string) => string): PartNames => ({
  uniques: names.uniques.map(tell),
  checks: names.checks.map(tell),
  indexes: names.indexes.map(tell),
  choices: (column) => tell(names.choices(column)),
  key: tell(names.key),
})
