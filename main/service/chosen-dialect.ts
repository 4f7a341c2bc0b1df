import type { Connection } from '../../app/flavor/driver.ts'
import type { Project } from './project.ts'

/** The connection, its texts as the project wants them (`flavors:` of metamigrate.yaml). The version is the server's, whatever the project says. */
export function withChoices(connection: Connection, project: Pick<Project, 'flavors'> | null): Connection {
  const { version: _assumed, ...choices } = project?.flavors[connection.dialect.name] ?? {}
  if (Object.keys(choices).length === 0) return connection
  return {
    server: connection.server,
    dialect: connection.dialect.withSettings(choices),
    query: (text, parameters) => connection.query(text, parameters),
    execute: (text, parameters) => connection.execute(text, parameters),
    introspect: (options) => connection.introspect(options),
    cancel: () => connection.cancel(),
    sessionAlive: (session) => connection.sessionAlive(session),
    endSession: (session) => connection.endSession(session),
    close: () => connection.close(),
  }
}
