# What __toString returns must itself be a string. (L10, L28)
"${{ __toString = self: 42; }}"
