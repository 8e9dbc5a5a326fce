/**
 * Control and format characters, half surrogate pairs, and the separators of lines and paragraphs. Of the format characters
 * (https://www.unicode.org/reports/tr44/#General_Category_Values) the signs that Arabic and Syriac write around numbers
 * and words are seen anyway, and a joiner or non-joiner between letters or emoji belongs to how they are written.
 */
const unseenCharacters =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}](?<![\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}][\u200c\u200d](?=[\p{L}\p{M}\p{Extended_Pictographic}]))/gu

/**
 * What a sender wrote, with nothing in it that acts unseen: control characters become their pictures (U+2400), half
 * surrogate pairs U+FFFD, and characters that hide, or turn the direction of text (UAX #9), their number.
 *
 * @param options.lines keep line ends and tabs, for text that is shown in lines
 */
export function visibleText(text: string, options: { lines?: boolean } = {}): string {
  return text.replace(/\r\n/g, options.lines ? '\n' : '\r\n').replace(unseenCharacters, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (options.lines && (character === '\n' || character === '\t')) return character
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  })
}
