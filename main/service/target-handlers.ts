import type { Api, TargetProbe } from '../../app/api/api.ts'
import { ownTablesOut } from '../../app/commands/plan-command.ts'
import type { Connection } from '../../app/flavor/driver.ts'
import type { ServiceContext } from './context.ts'
import { connectOnce } from './targets.ts'

/** Databases: the list, and a look at one. */
export function targetHandlers({ targets, folder, secrets }: ServiceContext) {
  return {
    'target.list': async () => targets.list(),
    'target.add': (request) => targets.add(request),
    'target.remove': async ({ id }) => {
      await targets.remove(id)
      return null
    },
    'target.password': async ({ id, password }) => {
      targets.setPassword(id, password)
      return null
    },
    'target.test': async (request) => {
      const connection = 'id' in request ? await targets.connect(request.id) : await connectOnce(request, folder, secrets)
      return closing(connection, async () => probeOf(connection))
    },
    'target.shapes': async ({ id }) => {
      const connection = await targets.connect(id)
      return closing(connection, async () => {
        const catalog = ownTablesOut(await connection.introspect(), connection.dialect)
        return { probe: probeOf(connection), tables: catalog.tables.map(({ shape }) => shape) }
      })
    },
  } satisfies Pick<Api, 'target.list' | 'target.add' | 'target.remove' | 'target.password' | 'target.test' | 'target.shapes'>
}

const probeOf = ({ server: { product, database, latencyMs } }: Connection): TargetProbe => ({ product, database, latencyMs })

async function closing<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    await connection.close()
  }
}
