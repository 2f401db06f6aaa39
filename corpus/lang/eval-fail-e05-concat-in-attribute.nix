# Frames of ++ inside attributes. (E5)
{ list = [ 1 ] ++ (if true then null else [ ]); }
