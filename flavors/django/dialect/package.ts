import type { CodeDocument } from '../../flavor.ts'
import type { ModelCode } from './document.ts'
import { classWord, fieldWord, free } from './identifiers.ts'
import { importLines } from './imports.ts'
import { width } from './width.ts'
import type { Target } from './target.ts'

/** An app package: its configuration, and a module for each model. Models name each other by text, so that no module needs another. */
export function packageFiles(models: readonly ModelCode[], { app, version }: Target): CodeDocument['files'] {
  const taken = new Set(['__init__'])
  const modules = models.map(({ plan, text, pen }) => {
    const module = free(fieldWord(plan.className, true), (name) => taken.has(name))
    taken.add(module)
    return { module, className: plan.className, text: `${importLines(pen.imports)}\n\n\n${text}` }
  })
  const sorted = modules.toSorted((a, b) => (a.module < b.module ? -1 : 1))
  const names = modules.map(({ className }) => className).toSorted()
  const all = `__all__ = [\n${names.map((name) => `    "${name}",\n`).join('')}]\n`
  const init = models.length === 0 ? '' : `${sorted.map(({ module, className }) => importFrom(`.${module}`, className)).join('\n')}\n\n${all}`
  return [
    { path: `${app}/__init__.py`, text: '' },
    { path: `${app}/apps.py`, text: appConfig(app, version) },
    { path: `${app}/migrations/__init__.py`, text: '' },
    { path: `${app}/models/__init__.py`, text: init },
    ...modules.map(({ module, text }) => ({ path: `${app}/models/${module}.py`, text })),
  ]
}

const importFrom = (module: string, name: string): string => {
  const line = `from ${module} import ${name}`
  return width(line) <= 88 ? line : `from ${module} import (\n    ${name},\n)`
}

/** From Django 6.0 keys are BigAutoField without a word. */
function appConfig(app: string, version: number): string {
  const key = version < 60 ? '    default_auto_field = "django.db.models.BigAutoField"\n' : ''
  return `from django.apps import AppConfig\n\n\nclass ${classWord(app)}Config(AppConfig):\n${key}    name = "${app}"\n`
}
