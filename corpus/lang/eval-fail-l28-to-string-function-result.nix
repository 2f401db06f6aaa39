# A functor returned from __toString. (L28)
"${{ __toString = self: x: x; }}"
