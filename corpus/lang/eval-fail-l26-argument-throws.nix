# The argument is evaluated by matching even if no formal is used. (L26, L53)
({ ... }: 1) (throw "argument")
