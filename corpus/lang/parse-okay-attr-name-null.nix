# L20: a null name is dynamic
{ ${null} = 1; ${if true then null else "a"} = 2; }
