# Nothing is missed before a path is asked for.
(derivation { }).type
