/** The three quickest ways to fill an empty sheet. */
export function EmptySheet({ noun }: { readonly noun: string }) {
  return (
    <div className="empty-sheet">
      <p>No {noun}s here yet.</p>
      <ul>
        <li>
          <b>Type</b> in the blank line to add one.
        </li>
        <li>
          <b>Paste</b> cells from a spreadsheet, or the result of a catalog query.
        </li>
        <li>
          <b>Drop</b> a CSV file on the window to open it.
        </li>
      </ul>
    </div>
  )
}
