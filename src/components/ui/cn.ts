import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

/** The theme's own sizes and radii (src/app/globals.css); unknown to it, `text-body` would pass for a colour. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ['badge', 'meta', 'body', 'form', 'heading', 'tile'],
      radius: ['badge', 'control', 'card', 'window'],
    },
  },
})

/** Joins class names; of two that set the same property the later one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
