package lang

// deepest is maxDepth on WebAssembly, whose stack is small and does not grow.
const deepest = 1000
