# Of several unexpected ones, the first is reported; far names are not suggested. (L27, L60)
({ a }: a) { a = 1; zzzzzz = 2; yyyyyy = 3; }
