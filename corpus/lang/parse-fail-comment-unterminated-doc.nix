# L49: a doc comment without end
1 /** never closed *
