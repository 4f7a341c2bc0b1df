import type { Pen } from './pen.ts'
import type { TablePlan } from './plan.ts'

/** Says what Django makes of the key of a table; gives the comment that belongs into the class, '' for none. */
export function keyFindings({ shape, key }: TablePlan, pen: Pen): string {
  const path = { property: 'key' }
  switch (key.kind) {
    case 'single':
    case 'composite':
      if (shape.columns.some(({ identity }) => identity === 'always')) pen.say('IDENTITY_ALWAYS', 'info', { property: 'identity' }, 'Django takes a given value for a numbered key too.')
      return ''
    case 'first': {
      const columns = key.columns.join(', ')
      const way = pen.target.managed ? 'Django would make it the key of the table by itself, and refuse rows' : 'saving and deleting by it may hit several rows'
      pen.say('KEY_COMPOSITE', pen.target.managed ? 'error' : 'warning', path, `Before 5.2 Django has no key of several fields (${columns}): the first is written as the key; ${way}. Choose Django 5.2, or give the table a key of one field.`)
      return `The primary key is (${columns}): before 5.2 Django knows no such key, so the first field stands for it.`
    }
    case 'chosen':
      pen.say('KEY_MISSING', 'error', path, `Django needs a primary key, and the table has none that it can use: ${key.columns[0]} is written as the key. Choose the fields of a primary key.`)
      return `The table has no primary key that Django can use: ${key.columns[0]} is taken for it.`
    case 'made':
      pen.say('KEY_MISSING', 'error', path, 'Django needs a primary key, and the table has none that it can use: it adds a field id of its own. Choose the fields of a primary key.')
      return 'The table has no primary key that Django can use: Django adds a field id of its own.'
  }
}
