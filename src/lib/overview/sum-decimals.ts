/**
 * The sum of decimals as PostgreSQL's numeric writes them, exact to the last digit.
 * A sum with NaN or an infinity in it is that of floats, which know them.
 */
export function sumDecimals(decimals: readonly string[]): string {
  if (!decimals.every((decimal) => /^-?\d+(\.\d+)?$/.test(decimal))) {
    return String(decimals.reduce((sum, decimal) => sum + Number(decimal), 0))
  }
  const scale = Math.max(0, ...decimals.map((decimal) => fractionOf(decimal).length))
  const sum = decimals.reduce((total, decimal) => {
    return total + BigInt(decimal.replace(/\..*/, '') + fractionOf(decimal).padEnd(scale, '0'))
  }, 0n)
  if (scale === 0) return sum.toString()
  const digits = (sum < 0n ? -sum : sum).toString().padStart(scale + 1, '0')
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

function fractionOf(decimal: string): string {
  return decimal.split('.')[1] ?? ''
}
