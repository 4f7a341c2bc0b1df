import { displayName } from '../../app/model/names.ts'
import type { Receipt, ReceiptTable } from '../../app/run/report.ts'
import { Icon } from '../parts/icon.tsx'

/** The proof: rows and checksum of every table before and after. */
export function ReceiptTables({ receipt }: { readonly receipt: Receipt }) {
  if (receipt.tables.length === 0) return null
  return (
    <section aria-label="Receipt">
      <h3 className="section-title">Receipt</h3>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">Table</th>
              <th scope="col">Action</th>
              <th scope="col" className="number">
                Rows before
              </th>
              <th scope="col" className="number">
                Rows after
              </th>
              <th scope="col">Proof</th>
              <th scope="col">Checksum before</th>
              <th scope="col">Checksum after</th>
            </tr>
          </thead>
          <tbody>
            {receipt.tables.map((table) => (
              <ReceiptLine key={`${displayName(table.name)} ${table.action}`} table={table} />
            ))}
          </tbody>
        </table>
      </div>
      {receipt.backups.length > 0 ? <p className="muted">Backups kept: {receipt.backups.map(displayName).join(', ')}</p> : null}
    </section>
  )
}

function ReceiptLine({ table }: { readonly table: ReceiptTable }) {
  return (
    <tr>
      <td className="mono">{displayName(table.name)}</td>
      <td>{table.action}</td>
      <td className="number mono">{table.before?.rows ?? ''}</td>
      <td className="number mono">{table.after?.rows ?? ''}</td>
      <td className={table.verified ? 'ok' : 'muted'}>
        {table.verified ? (
          <span className="run-state">
            <Icon name="check" /> equal
          </span>
        ) : table.before ? (
          'differs'
        ) : (
          'new'
        )}
      </td>
      <td className="mono">{short(table.before?.checksum)}</td>
      <td className="mono">{short(table.after?.checksum)}</td>
    </tr>
  )
}

const short = (text: string | undefined): string => (text === undefined ? '' : text.length > 12 ? `${text.slice(0, 12)}…` : text)
