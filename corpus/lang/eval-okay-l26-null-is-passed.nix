# null does not mean absent. (L26)
({ a ? 1 }: a) { a = null; }
