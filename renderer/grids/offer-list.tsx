import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { useGrid } from './grid-context.ts'
import type { Offer } from './sheet.ts'

interface OfferListProps {
  readonly id: string
  readonly offers: readonly Offer[]
  readonly marked: number
  readonly anchor: RefObject<HTMLElement | null>
}

const mostHeight = 280
const leastWidth = 260

/** The list below a cell that is typed into. The focus stays in the cell. */
export function OfferList({ id, offers, marked, anchor }: OfferListProps) {
  const grid = useGrid()
  const list = useRef<HTMLUListElement>(null)
  useLayoutEffect(() => {
    const cell = anchor.current?.getBoundingClientRect()
    const box = list.current
    if (!cell || !box) return
    const height = Math.min(mostHeight, offers.length * 24 + 10)
    const fitsBelow = cell.bottom + height < window.innerHeight
    box.style.left = `${cell.left}px`
    box.style.top = `${fitsBelow ? cell.bottom + 2 : cell.top - height - 2}px`
    box.style.inlineSize = `${Math.max(cell.width, leastWidth)}px`
  })

  useEffect(() => {
    list.current?.children[marked]?.scrollIntoView({ block: 'nearest' })
  }, [marked])

  return createPortal(
    <ul ref={list} id={id} role="listbox" aria-label="Suggestions" className="offers">
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
    document.querySelector('main') ?? document.body,
  )
}
