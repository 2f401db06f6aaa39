# The condition of if must be a Boolean. (L29)
if 1 then 2 else 3
