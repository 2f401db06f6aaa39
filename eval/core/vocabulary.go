package core

// This file defines the names that an evaluator begins with, which most evaluators share.

import (
	"slices"
	"sync/atomic"

	"github.com/firn-lang/firn/lang"
)

// A vocabulary is what follows from the names of builtins alone. It is not changed after it was
// made, so that any number of evaluators can have it.
type vocabulary struct {
	of      []declared
	symbols *lang.Symbols     // with all names, in the order in which the reference meets them
	scope   *lang.Scope       // global name to slot
	attrs   []lang.Symbol     // names of the attributes of builtins, in the order of definition
	native  []string          // see globals.native
	numbers map[string]uint32 // of builtins, by name
}

// A declared is what a vocabulary needs to know of a builtin.
type declared struct {
	name, global string
	hidden       bool
	absent       bool // for this evaluator, such as an experimental one
}

// declaredOf returns what a vocabulary of ev needs to know of b.
func (ev *Evaluator) declaredOf(b *Builtin) declared {
	return declared{b.Name, b.Global, b.Hidden, b.Impure && ev.opt.Pure || b.Experimental != "" && !ev.opt.Features[b.Experimental]}
}

// lastVocabulary is that of the evaluator that was made last: mostly the next one has it, too.
var lastVocabulary atomic.Pointer[vocabulary]

// vocabulary returns the names that ev begins with. The set builtins is among them unless
// without says that there is none.
func (ev *Evaluator) vocabulary(without bool) *vocabulary {
	same := func(v *vocabulary) bool {
		if v == nil || len(v.of) != len(ev.builtins) || (v.native[0] != "") != without {
			return false
		}
		for i, b := range ev.builtins {
			if v.of[i] != ev.declaredOf(b) {
				return false
			}
		}
		return true
	}
	if last := lastVocabulary.Load(); same(last) {
		return last
	}
	v := ev.newVocabulary(without)
	lastVocabulary.Store(v)
	return v
}

// newVocabulary makes a vocabulary, as vocabulary returns it.
func (ev *Evaluator) newVocabulary(without bool) *vocabulary {
	v := &vocabulary{symbols: lang.NewSymbols(), numbers: map[string]uint32{}}
	var globals []string
	global := func(name, native string) {
		v.symbols.Intern(name)
		globals = append(globals, name)
		v.native = append(v.native, native)
	}
	if !without {
		global("builtins", "")
		v.attrs = append(v.attrs, v.symbols.Intern("builtins"))
	}
	for i, b := range ev.builtins {
		v.numbers[b.Name] = uint32(i)
		d := ev.declaredOf(b)
		v.of = append(v.of, d)
		if d.absent {
			continue
		}
		name := b.Global
		if name == "" {
			name = "__" + b.Name
		}
		global(name, name)
		if !b.Hidden {
			v.attrs = append(v.attrs, v.symbols.Intern(b.Name))
		}
	}
	for _, name := range laterNames {
		v.symbols.Intern(name)
	}
	v.scope = lang.NewScope(v.symbols, globals...)
	v.native = slices.Clip(v.native)
	return v
}

// laterNames are what the reference interns before any program: names in its
// text of derivation that no builtin has. The order of symbols can be observed.
var laterNames = []string{"strict", "drvAttrs", "commonAttrs", "outputsList", "x", "outputToAttrListElement"}
