# Of several missing arguments, the first is reported. (L27, L60)
({ zeta, alpha }: 1) { }
