# L49: doc comments where they document nothing
/** file */ [ /** element */ 1 (/** group */ x: /** body */ x) /**/ /***/ /****/ /** */ ] /** end */
