# Several suggestions. (L27)
({ foo ? 1, fo ? 2, fooo ? 3, bar ? 4, fob ? 5 }: 1) { foox = 1; }
