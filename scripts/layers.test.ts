import { describe, expect, it } from 'vitest'
import { importsOf, violation } from './layers.ts'

describe('importsOf', () => {
  it('finds static, type-only, side-effect, dynamic and worker imports, and none in comments', () => {
    const source = [
      "import { a } from './a.ts'", "import type { B } from '../b.ts'", "import 'c'", "export * from './d.ts'", "const e = await import('./e.ts')",
      "new Worker(new URL('./worker.ts', import.meta.url))", "// import 'no'", "/* import 'no' */",
    ].join('\n')
    expect(importsOf(source)).toEqual(['./a.ts', '../b.ts', 'c', './d.ts', './e.ts', './worker.ts'])
  })
})

describe('violation', () => {
  it.each([
    ['app/model/edit.ts', 'app/errors.ts'], ['app/commands/redeploy.ts', 'app/diff/match.ts'], ['flavors/sqlite/driver/index.ts', 'better-sqlite3'],
    ['flavors/sqlite/driver/index.ts', 'flavors/sqlite/dialect/index.ts'], ['renderer/preview/pane.tsx', 'flavors/registry.ts'],
    ['flavors/registry.ts', 'flavors/postgres/driver/index.ts'], ['app/run/run.engine.test.ts', 'flavors/sqlite/driver/index.ts'],
  ])('lets %s import %s', (file, target) => expect(violation(file, target)).toBeNull())

  it.each([
    ['app/model/edit.ts', 'app/commands/plan.ts'], ['app/run/run.ts', 'flavors/registry.ts'], ['app/run/run.ts', 'node:fs'], ['app/loaders/csv/load.ts', 'main/service/files.ts'],
    ['flavors/sqlite/dialect/index.ts', 'flavors/sqlite/driver/index.ts'], ['flavors/sqlite/dialect/index.ts', 'flavors/postgres/dialect/index.ts'],
    ['flavors/sqlite/dialect/index.ts', 'node:crypto'], ['flavors/sqlite/driver/index.ts', 'flavors/postgres/driver/index.ts'],
    ['renderer/main.tsx', 'main/service/index.ts'], ['renderer/main.tsx', 'flavors/sqlite/driver/index.ts'], ['renderer/main.tsx', 'node:path'], ['renderer/main.tsx', 'pg'],
    ['main/cli/index.ts', 'renderer/store/store.ts'], ['main/cli/index.ts', 'react'], ['lib/x.ts', 'node:fs'],
  ])('refuses %s importing %s', (file, target) => expect(violation(file, target)).toContain(file))
})
