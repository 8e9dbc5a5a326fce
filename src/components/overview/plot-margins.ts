/** Room around the plot in pixels: for the axes, and below them for what a bucket says. */
export const plotMargins = { left: 44, right: 4, top: 8, bottom: 40 }
