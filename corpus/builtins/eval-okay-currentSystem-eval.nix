# The setting eval-system goes before it.
[ builtins.currentSystem __currentSystem ]
