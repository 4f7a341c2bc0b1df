import { redeployCases } from './testing/redeploy-cases.ts'
import { sqliteTarget } from './testing/target.ts'

redeployCases('SQLite', sqliteTarget)
