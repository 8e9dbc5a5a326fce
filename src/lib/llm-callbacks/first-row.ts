/** The first row of a statement that returns one whatever the tables hold; later ones repeat its columns beside an item. */
export function firstRow<Row>(rows: Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new Error('a statement that always returns a row returned none')
  return row
}
