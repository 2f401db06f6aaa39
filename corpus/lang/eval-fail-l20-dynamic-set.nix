# Sets with __toString are not taken as names ... (L20)
{ ${{ __toString = _: "x"; }} = 1; }
