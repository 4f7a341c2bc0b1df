/** 16 px outlines on one grid, drawn for this window. */
const paths = {
  undo: 'M6.5 3.5 3 7l3.5 3.5M3 7h6a4 4 0 0 1 0 8H7',
  redo: 'M9.5 3.5 13 7l-3.5 3.5M13 7H7a4 4 0 0 0 0 8h2',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  schema: 'M8 2 2.5 4.8 8 7.6l5.5-2.8zM2.5 8 8 10.8 13.5 8M2.5 11.2 8 14l5.5-2.8',
  key: 'M5.5 10.5a3 3 0 1 1 2.6-4.5h5.4v3M11 6v2.2M5 7.5h.01',
  database:
    'M2.5 4c0-1.1 2.5-2 5.5-2s5.5.9 5.5 2-2.5 2-5.5 2-5.5-.9-5.5-2ZM2.5 4v8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2V4M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2',
  chevron: 'M4.5 6.5 8 10l3.5-3.5',
  chevronRight: 'M6.5 4.5 10 8l-3.5 3.5',
  plus: 'M8 3.5v9M3.5 8h9',
  close: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  check: 'M3.5 8.5 6.5 11.5l6-7',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3v.01',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 5v3.5M8 10.8v.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5V11M8 5.2v.01',
  play: 'M5 3.2v9.6l7.5-4.8z',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  save: 'M3 2.5h8l2.5 2.5v8.5h-11v-11zM5 2.5v3.5h5V2.5M4.5 13.5V9h7v4.5',
  folder: 'M2 4h4l1.5 1.5H14V13H2z',
  file: 'M4 1.8h5L12.5 5v9.2H4zM9 1.8V5h3.5',
  panelLeft: 'M2 3h12v10H2zM6 3v10',
  panelRight: 'M2 3h12v10H2zM10 3v10',
  panelBottom: 'M2 3h12v10H2zM2 9.5h12',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5Z',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  history: 'M2.8 8a5.2 5.2 0 1 0 1.6-3.8L2.5 6M2.5 2.8V6h3.2M8 5v3.2l2 1.3',
  stop: 'M4 4h8v8H4z',
  link: 'M6.5 9.5l3-3M7 4.8l1-1a2.8 2.8 0 0 1 4 4l-1 1M9 11.2l-1 1a2.8 2.8 0 0 1-4-4l1-1',
} as const

export type IconName = keyof typeof paths

/** A picture beside a word; hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
