# A function that takes an empty set. (L27)
({ }: 1) { x = 1; }
