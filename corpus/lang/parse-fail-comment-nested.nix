# L50: comments do not nest
/* a /* b */ c */ 1
