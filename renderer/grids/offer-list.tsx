import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { useGrid } from './grid-context.ts'
import type { Offer } from './sheet.ts'

interface OfferListProps {
  readonly id: string
  readonly offers: readonly Offer[]
  readonly marked: number
  readonly anchor: RefObject<HTMLElement | null>
}

/** The list below a cell that is typed into. The focus stays in the cell. */
export function OfferList({ id, offers, marked, anchor }: OfferListProps) {
  const grid = useGrid()
  const list = useRef<HTMLUListElement>(null)
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number; readonly width: number } | null>(null)

  useLayoutEffect(() => {
    const cell = anchor.current?.getBoundingClientRect()
    if (!cell) return
    const height = Math.min(280, offers.length * 24 + 10)
    const fitsBelow = cell.bottom + height < window.innerHeight
    setPlace({ left: cell.left, top: fitsBelow ? cell.bottom + 2 : cell.top - height - 2, width: Math.max(cell.width, 260) })
  }, [anchor, offers.length])

  useEffect(() => {
    list.current?.children[marked]?.scrollIntoView({ block: 'nearest' })
  }, [marked])

  return createPortal(
    <ul ref={list} id={id} role="listbox" aria-label="Suggestions" className="offers" style={place ? { left: place.left, top: place.top, inlineSize: place.width } : { visibility: 'hidden' }}>
      {offers.map((offer, at) => (
        <li
          key={offer.text}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === marked}
          onMouseDown={(event) => {
            event.preventDefault()
            grid.takeOffer(offer.text)
          }}
        >
          <span className="mono truncate">{offer.text}</span>
          <span className="muted truncate">{offer.note}</span>
        </li>
      ))}
    </ul>,
    document.body,
  )
}
