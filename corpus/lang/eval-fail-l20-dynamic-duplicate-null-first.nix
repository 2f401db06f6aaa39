# null names cannot clash, others can. (L20)
{ ${null} = 1; ${null} = 2; ${"q" + ""} = 3; "${"q"}" = 4; "${"q" + ""}" = 5; }
