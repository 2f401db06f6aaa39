# A default that refers to itself. (L26, E2)
({ a ? a }: a) { }
