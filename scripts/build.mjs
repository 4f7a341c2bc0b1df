import { ensureBuilt, ensureInstalled, node24 } from './lib.mjs'

ensureInstalled()
ensureBuilt(node24())
