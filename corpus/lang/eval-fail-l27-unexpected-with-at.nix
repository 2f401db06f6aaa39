# A name after @ does not make it accept more. (L27)
(args@{ a ? 1 }: args) { a = 1; b = 2; }
