# cycle: two formals, each the default of the other
({ a ? b, b ? a }: a) { }
