# ... but they can be interpolated in one. (L20, L28)
{ "${{ __toString = _: "x"; }}" = 1; }
