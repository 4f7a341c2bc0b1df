import { useCallback, useState, type UIEvent } from 'react'

interface ListWindow {
  readonly first: number
  readonly last: number
  readonly ref: (element: HTMLElement | null) => void
  readonly onScroll: (event: UIEvent<HTMLElement>) => void
}

const overscan = 8

/** The lines of a long list that are worth drawing, for lines of one height. */
export function useWindow(count: number, lineHeight: number): ListWindow {
  const [top, setTop] = useState(0)
  const [height, setHeight] = useState(600)
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const observer = new ResizeObserver(() => setHeight(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const onScroll = useCallback((event: UIEvent<HTMLElement>) => setTop(event.currentTarget.scrollTop), [])
  const first = Math.max(0, Math.floor(top / lineHeight) - overscan)
  return { first, last: Math.min(count, Math.ceil((top + height) / lineHeight) + overscan), ref, onScroll }
}
