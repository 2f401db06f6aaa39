# Doc comments change no value. (L49)
/** A set. */ { /** first */ a = /** value */ 1; b = /** function */ x: /** body */ x; c = [ /** one */ 1 /** two */ 2 ]; } // { /** last */ }
