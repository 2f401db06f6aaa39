# __findFile is called as any function is. (L15)
let __findFile = 1; in <x>
