/** Of an admin's password, in characters. */
export const passwordLengthMin = 12
export const passwordLengthMax = 128
