import { createContext, use } from 'react'
import type { StoreApi } from 'zustand/vanilla'
import { MetaMigrateError } from '../../app/errors.ts'
import type { GridController } from './controller.ts'

export const GridContext = createContext<GridController | null>(null)

/** The controller of the sheet that a cell stands in. */
export function useGrid(): GridController {
  const grid = use(GridContext)
  if (!grid) throw new MetaMigrateError('UNREACHABLE', 'A cell stands outside of its sheet.')
  return grid
}

export type { StoreApi }
