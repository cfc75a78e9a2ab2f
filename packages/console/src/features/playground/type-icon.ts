import { AudioLines, Clapperboard, Image, type LucideIcon } from 'lucide-react'

const ICONS: Readonly<Record<string, LucideIcon>> = { image: Image, video: Clapperboard, audio: AudioLines }

/** The icon of what a model makes; types are open, so an unknown one has the picture's. */
export function typeIconOf(type: string): LucideIcon {
  return ICONS[type] ?? Image
}
