# with over the set that is being built. (L30, E2)
rec { x = with y; z; y = { z = x; }; }.x
