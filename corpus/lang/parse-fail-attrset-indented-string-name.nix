# L20: an indented string is no name
{ ''a'' = 1; }
