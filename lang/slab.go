package lang

// This file defines how nodes are allocated: many of one type at a time.
// Measured on all-packages.nix, that halves the time of building the tree.

// A slab hands out values of one type. Its chunks start small, for the many
// small files, and outlive one parse, so that little of them is wasted.
type slab[T any] struct {
	free []T
	size int
}

const (
	slabMin = 16
	slabMax = 256
)

func (s *slab[T]) one() *T {
	if len(s.free) == 0 {
		s.grow(1)
	}
	x := &s.free[0]
	s.free = s.free[1:]
	return x
}

// many returns n values; nil for none. Appending to it copies.
func (s *slab[T]) many(n int) []T {
	if n == 0 {
		return nil
	}
	if n > len(s.free) {
		if n >= slabMax/4 {
			return make([]T, n)
		}
		s.grow(n)
	}
	x := s.free[:n:n]
	s.free = s.free[n:]
	return x
}

func (s *slab[T]) grow(n int) {
	s.size = max(min(2*s.size, slabMax), slabMin, n)
	s.free = make([]T, s.size)
}

// nodeSlabs has a slab for each type of node that is frequent.
type nodeSlabs struct {
	vars    slab[Var]
	ints    slab[Int]
	strs    slab[String]
	paths   slab[Path]
	interps slab[Interp]
	lists   slab[List]
	sets    slab[Attrs]
	selects slab[Select]
	hasAttr slab[HasAttr]
	applies slab[Apply]
	lambdas slab[Lambda]
	formals slab[Formals]
	lets    slab[Let]
	withs   slab[With]
	asserts slab[Assert]
	ifs     slab[If]
	unary   slab[Unary]
	binary  slab[Binary]

	exprs      slab[Expr]
	names      slab[AttrName]
	attrs      slab[Attr]
	formalList slab[Formal]
}
