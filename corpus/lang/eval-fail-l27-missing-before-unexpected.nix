# A missing argument is reported before an unexpected one. (L27)
({ a, b }: a) { c = 1; a = 1; }
