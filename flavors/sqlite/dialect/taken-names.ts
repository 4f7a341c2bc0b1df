import type { TableShape } from '../../../app/model/shape.ts'
import type { TakenName } from '../../flavor.ts'
import { indexName } from './normalize.ts'

/** Tables and indexes share one namespace, in which only ASCII letters fold. */
export function takenNames(shape: TableShape): readonly TakenName[] {
  const taken = (what: string, name: string, part: string): TakenName => ({ key: name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()), name, what, part })
  return [taken('table', shape.name, ''), ...shape.indexes.map((index) => taken('index', index.name === '' ? indexName(shape, index) : index.name, index.name))]
}
