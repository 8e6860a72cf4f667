// What an embedded page is made with, and what its parts share.

import type { Held } from "../player/charts.js"
import type { Mark, Player, Source } from "../kit/types"

/** Settings of the view, as viz/client/embed/embed.schema.json describes them. */
export interface View {
  theme: string
  speed: string
  autoplay: string
  controls: "full" | "mini" | "none"
  keys: string
  motion: "auto" | "reduced" | "full"
  markers: string
  hide?: string
  t?: string
  poster?: string
  loop?: string
  look?: string
  static?: string
}

/** What viz/documents/embed.py writes into the page. */
export interface Config {
  scene: string
  title: string
  query: string
  view: Partial<View>
  marks: Mark[]
  duration: number
  /** Patterns of the settings that an address or a host may change. */
  rules: Record<string, string>
  charts: Held | null
  hosts: string[]
  link: string
  address: string
  made_before?: string
  data?: Source
}

/** What the parts of an embedded page share. */
export interface Embed {
  config: Config
  view: View
  player: Player | null
  /** The first picture waits for somebody to start. */
  poster: boolean
  /** slide:start has come before the player was there. */
  wanted: boolean
  /** A deck says when to start, so being seen is not enough. */
  inDeck: boolean
  /** Play no further than this. */
  until: number | null
  start(to?: number | null): void
  setView(changes: Partial<View>): void
}
