# L50: /*/ does not close itself
/*/ 1
