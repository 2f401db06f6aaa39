# L26: nothing after @
{ a }@: a
