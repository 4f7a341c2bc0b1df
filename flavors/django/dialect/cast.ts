import type { DataType } from '../../../app/model/data-type.ts'
import { renderType } from '../../../app/model/render-type.ts'
import type { Target } from './target.ts'
import { canonicalType } from './types.ts'

/** Django moves no rows here: two types are the same field, or one that only a database can judge. */
export const castRisk = (from: DataType, to: DataType, target: Target): 'same' | 'exact' | 'lossy' | 'impossible' =>
  renderType(canonicalType(from, target)) === renderType(canonicalType(to, target)) ? 'same' : 'exact'
