package core

// This file defines when there is to be a collection.

// A growth is how much there is of what a collection can give back.
type growth struct {
	heap, text, caches                 uint64 // bytes
	symbols, codes, contexts, failures int
	roots, externals                   int
}

// size returns the present sizes. The caller must hold g.mu.
func (g *gate) size() growth {
	ev := g.ev
	var caches uint64
	for _, c := range ev.caches {
		caches += c.Size()
	}
	return growth{
		heap:     ev.heap.Used(),
		text:     ev.config.Files.Size(),
		caches:   caches,
		symbols:  ev.config.Symbols.Count(),
		codes:    ev.codes.len(),
		contexts: ev.contexts.len(),
		failures: ev.failures.len(),
		roots:    ev.roots.len(), externals: ev.externals.len(),
	}
}

// plan says when there is to be a collection again: when there is twice as much
// as was left.
func (g *gate) plan() {
	g.last = g.size()
	limit := g.ev.heap.Limit()
	g.next = growth{
		heap:     max(min(32<<20, limit/4), min(2*g.last.heap, (g.last.heap+limit)/2)),
		text:     max(8<<20, 2*g.last.text),
		caches:   8 << 20, // a collection empties them
		symbols:  max(100_000, 2*g.last.symbols),
		codes:    max(500_000, 2*g.last.codes),
		contexts: max(100_000, 2*g.last.contexts),
		failures: max(10_000, 2*g.last.failures),
		roots:    max(100_000, 2*g.last.roots), externals: max(1000, 2*g.last.externals),
	}
}

// due reports whether there is to be a collection. g.mu is held.
func (g *gate) due() bool {
	is, next := g.size(), &g.next
	return g.dead > g.max/2 || is.heap >= next.heap || is.text >= next.text || is.caches >= next.caches || is.symbols >= next.symbols ||
		is.codes >= next.codes || is.contexts >= next.contexts || is.failures >= next.failures ||
		is.roots >= next.roots || is.externals >= next.externals
}
