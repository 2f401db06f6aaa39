# A legacy let has no position in the trace of the operators that have one.
{ } // let { body = 1; }
