package repl

// This file defines the names of a session.

import (
	"slices"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// A scope is the names of a session, in layers. The newest layer that has a name
// says what it is. A large set is a layer as it is, so that loading a package set
// costs nothing for each of its names.
type scope struct {
	layers []layer
}

// A layer is one name, or all attributes of a set.
type layer struct {
	name  string // "" for a set
	value eval.Value
	pos   lang.Position // where it was bound; the zero Position if that is not known
	line  string        // the line there
	set   eval.Value
}

// find returns what a name is.
func (s *scope) find(name string) (eval.Value, bool) {
	for _, l := range slices.Backward(s.layers) {
		if l.name == name && name != "" {
			return l.value, true
		}
		if l.name == "" {
			if v, ok := l.set.Attr(name); ok {
				return v, true
			}
		}
	}
	return eval.Value{}, false
}

// bind gives a name to a value. What it was before is forgotten, unless it is of
// a set.
func (s *scope) bind(name string, v eval.Value, pos lang.Position, line string) {
	s.layers = slices.DeleteFunc(s.layers, func(l layer) bool { return l.name == name })
	s.layers = append(s.layers, layer{name: name, value: v, pos: pos, line: line})
}

// position returns where a name was bound, the line there if it was typed, and
// whether that is known.
func (s *scope) position(name string) (pos lang.Position, line string, ok bool) {
	for _, l := range slices.Backward(s.layers) {
		if l.name == name && name != "" {
			return l.pos, l.line, l.pos.Line > 0
		}
		if l.name == "" {
			if _, ok := l.set.Attr(name); ok {
				pos, ok := l.set.Position(name)
				return pos, "", ok
			}
		}
	}
	return lang.Position{}, "", false
}

// doc returns the documentation of a name that is an attribute of a loaded set; "" if
// there is none.
func (s *scope) doc(name string) string {
	for _, l := range slices.Backward(s.layers) {
		if l.name == name && name != "" {
			return ""
		}
		if l.name == "" {
			if _, ok := l.set.Attr(name); ok {
				return l.set.Doc(name)
			}
		}
	}
	return ""
}

// add puts the attributes of a set in front of all names.
func (s *scope) add(set eval.Value) {
	// Layers that can no longer be seen are dropped: sets that are added again and
	// again would pile up.
	s.layers = slices.DeleteFunc(s.layers, func(l layer) bool {
		if l.name != "" {
			_, hidden := set.Attr(l.name)
			return hidden
		}
		for name := range l.set.Attrs() {
			if _, ok := set.Attr(name); !ok {
				return false
			}
		}
		return true
	})
	s.layers = append(s.layers, layer{set: set})
}

// names returns all names, sorted, each once.
func (s *scope) names() []string {
	var out []string
	for _, l := range s.layers {
		if l.name != "" {
			out = append(out, l.name)
			continue
		}
		for name := range l.set.Attrs() {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
