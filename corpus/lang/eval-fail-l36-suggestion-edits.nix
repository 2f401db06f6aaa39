# Suggestions stand in the order of their distance. (L36, E6)
{ configurations = 1; configuration = 2; confuration = 3; reconfiguration = 4; }.confguration
