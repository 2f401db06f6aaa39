package core

// This file defines a collection: what is alive of the heap and of the tables
// that it refers to.

import (
	"maps"
	"time"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// collectStats counts collections.
type collectStats struct {
	collections, putOff int
	pause, longest      time.Duration
}

// collect gives back values and code that nothing refers to. No evaluation is under way.
func (ev *Evaluator) collect() {
	ev.reader.Lock()
	defer ev.reader.Unlock()
	ev.mu.Lock() // Forget may be called at any time
	defer ev.mu.Unlock()
	many := ev.roots.many()
	ev.roots.find()
	c := collector{ev: ev}
	c.run()
	if many && ev.heap.Used() > ev.heap.Limit()/2 {
		ev.roots.ask()
		ev.roots.find()
		c = collector{ev: ev}
		c.run()
	}
	if used, limit := ev.heap.Used(), ev.heap.Limit(); used > limit/4*3 && len(ev.files) > 0 {
		// Files that were imported can be imported again.
		clear(ev.files)
		c = collector{ev: ev}
		c.run()
	}
}

// Forget makes the evaluator forget what it knows of files, so that the next
// evaluation reads them again. Values that were made of them stay as they are.
func (ev *Evaluator) Forget() {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	clear(ev.files)
	clear(ev.paths)
	ev.links.Forget()
	clear(ev.lookups)
	clear(ev.entries)
	clear(ev.fetched)
	clear(ev.copied)
}

// ForgetBelow is Forget for the files below a folder.
func (ev *Evaluator) ForgetBelow(dir string) {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	below := func(p, q string) bool { return world.Below(p, dir) || world.Below(q, dir) }
	maps.DeleteFunc(ev.files, func(p string, _ heap.Lazy) bool { return world.Below(p, dir) })
	maps.DeleteFunc(ev.paths, below)
	maps.DeleteFunc(ev.lookups, below)
	maps.DeleteFunc(ev.copied, below)
	maps.DeleteFunc(ev.entries, func(p string, _ bool) bool { return world.Below(p, dir) })
	ev.links.ForgetBelow(dir)
}

// A collector is one collection, under way.
type collector struct {
	ev     *Evaluator
	m      heap.Marker
	number int                 // of the collection; units with this mark are alive
	units  []*unit             // found alive so far
	files  map[*lang.File]bool // to keep: those of live units, and of positions in values and errors
}

// run collects, while all workers stand still: it marks from the roots, then gives up, in
// turn, the entries of tables that no mark reached: failures, symbols, code, contexts, external
// values and files. Errors that stay keep files, so failures come before files. Memory of the
// workers' own, which is made again when it is needed, goes last.
func (c *collector) run() {
	ev := c.ev
	ev.gate.number++
	c.number = ev.gate.number
	c.files = map[*lang.File]bool{}
	c.m.OnCode = func(n uint32) { c.unit(ev.codes.code(n).unit) }
	c.m.OnPos = c.pos
	ev.heap.Collect(&c.m, c.roots)
	c.failures()
	c.symbols()
	c.codes()
	ev.contexts.retain(c.m.Contexts.Has)
	if copier := ev.opt.Copier; copier != nil {
		paths := ev.contexts.paths()
		copier.Retain(func(path string) bool { return paths[path] })
	}
	ev.externals.retain(c.m.Externals.Has)
	ev.config.Files.Retain(func(f *lang.File) bool { return c.files[f] })
	ev.strings.pages.Store(nil)
	for i := range ev.gate.made {
		w := ev.gate.workers[i].Load()
		w.Reset()
		if w.trace != nil {
			w.trace.forget()
		}
	}
	ev.reader.Reset()
	c.caches()
}

// roots marks what is alive by itself.
func (c *collector) roots() {
	ev := c.ev
	for _, l := range ev.globals.values {
		c.m.Mark(l)
	}
	for _, e := range ev.attrs {
		c.m.Mark(e.Value)
	}
	for _, l := range ev.files {
		c.m.Mark(l)
	}
	for _, p := range ev.roots.all {
		if r := p.Value(); r != nil {
			for _, ref := range r.refs {
				c.m.Mark(ref)
			}
		}
	}
	c.unit(ev.globals.unit)
}

// unit marks what belongs to a unit.
func (c *collector) unit(u *unit) {
	if u == nil || u.mark == c.number {
		return
	}
	u.mark = c.number
	c.units = append(c.units, u)
	for _, l := range u.values {
		c.m.Mark(l)
	}
	if u.globals != nil && u.globals != c.ev.globals {
		for _, l := range u.globals.values {
			c.m.Mark(l)
		}
	}
	if u.tree != nil {
		c.files[u.tree.File] = true
	}
}

// pos marks the file that p lies in.
func (c *collector) pos(p lang.Pos) (from, to lang.Pos) {
	f := c.ev.config.Files.File(p)
	if f == nil {
		return p, p
	}
	c.files[f] = true
	s := f.Span()
	return s.Start, s.End
}

// failures gives up the failures of thunks that are gone, and marks the positions in the
// errors of the others: the files of their frames must stay, for the report.
func (c *collector) failures() {
	f := &c.ev.failures
	f.retain(c.m.Failures.Has)
	for _, e := range f.list {
		if e.err == nil {
			continue
		}
		c.m.Pos(e.err.Pos)
		for _, frame := range e.err.Frames {
			c.m.Pos(frame.Pos)
		}
	}
}

// symbols forgets the names that nothing has.
func (c *collector) symbols() {
	for _, u := range c.units {
		for _, sym := range u.names() {
			c.m.MarkSymbol(sym)
		}
	}
	permanent := c.ev.gate.permanent
	c.ev.config.Symbols.Retain(func(sym lang.Symbol) bool {
		return sym < permanent || c.m.Symbols.Has(uint32(sym))
	})
}

// names returns the symbols in the text of a unit, and those of its globals.
func (u *unit) names() []lang.Symbol {
	if u.tree == nil {
		return nil
	}
	if u.symbols == nil || u.renamed.Swap(false) {
		u.symbols = u.tree.Names()
	}
	if u.globals == nil {
		return u.symbols
	}
	return append(u.symbols[:len(u.symbols):len(u.symbols)], u.globals.scope.Names()...)
}

// codes forgets the code of units that are not alive.
func (c *collector) codes() {
	t := &c.ev.codes
	t.mu.Lock()
	defer t.mu.Unlock()
	for n := uint32(1); n < t.next; n++ {
		if t.page(n).Load() == nil {
			n |= codePage - 1
			continue
		}
		if u := t.code(n).unit; u != nil && u.mark != c.number && u.codes != nil {
			t.drop(u)
		}
	}
	t.trim()
}

// caches empties those of builtins, and bounds what is remembered of paths that
// expressions make up.
func (c *collector) caches() {
	for _, cache := range c.ev.caches {
		cache.Empty()
	}
	const many = 1 << 14
	for _, cache := range []map[string]string{c.ev.paths, c.ev.lookups, c.ev.copied} {
		if len(cache) > many {
			clear(cache)
		}
	}
	if c.ev.links.Len() > many {
		c.ev.links.Forget()
	}
	if len(c.ev.entries) > many {
		clear(c.ev.entries)
		clear(c.ev.fetched)
	}
}
