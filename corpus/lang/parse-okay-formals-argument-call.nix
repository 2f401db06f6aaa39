# L27: missing and unexpected arguments are not parse errors
({ a }: a) { b = 1; }
