package core

import (
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// This file defines names: symbols as text, and as strings of the heap.

// name returns the name of a symbol.
func (w *worker) name(sym lang.Symbol) string { return w.ev.config.Symbols.Name(sym) }

// showName returns the name of a symbol as messages show it: with quotes if it
// is no identifier.
func (w *worker) showName(sym lang.Symbol) string { return lang.QuoteName(w.name(sym)) }

// intern returns the symbol of the name that v, a string, is.
func (w *worker) intern(v heap.Value) lang.Symbol {
	if sym := w.Symbol(v); sym != 0 {
		return sym
	}
	sym := w.ev.config.Symbols.Intern(w.Text(v))
	w.Charge(uint64(w.Len(v))) // of a name that may be new
	w.SetSymbol(v, sym)
	return sym
}

// symbolStrings has the names of symbols as strings, by symbol.
type symbolStrings struct {
	mu    sync.Mutex // held to make the table longer
	pages atomic.Pointer[[]*symbolPage]
}

const symbolPageSize = 1 << 12

// A symbolPage has the strings of symbolPageSize symbols in a row, as heap.Value; 0 where none
// was made yet.
type symbolPage [symbolPageSize]atomic.Uint32

// symbolString returns the name of a symbol as a string, the same each time.
func (w *worker) symbolString(sym lang.Symbol) heap.Value {
	t := &w.ev.strings
	pages := t.pages.Load()
	if pages == nil || int(sym/symbolPageSize) >= len(*pages) {
		pages = t.grow(sym)
	}
	at := &(*pages)[sym/symbolPageSize][sym%symbolPageSize]
	if v := heap.Value(at.Load()); v != 0 {
		return v
	}
	v := w.NewString(w.name(sym), 0)
	w.SetSymbol(v, sym)
	w.Pin(heap.Lazy(v))
	if !at.CompareAndSwap(0, uint32(v)) {
		v = heap.Value(at.Load())
	}
	return v
}

// grow makes room for sym.
func (t *symbolStrings) grow(sym lang.Symbol) *[]*symbolPage {
	t.mu.Lock()
	defer t.mu.Unlock()
	var grown []*symbolPage
	if old := t.pages.Load(); old != nil {
		grown = append(grown, *old...)
	}
	for len(grown) <= int(sym/symbolPageSize) {
		grown = append(grown, new(symbolPage))
	}
	t.pages.Store(&grown)
	return &grown
}
