package repl

// This file defines the names of a session.

import (
	"slices"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// A scope holds the names of a session in layers, oldest first. The newest layer that has a
// name gives its value. A set that was loaded is one layer, so that loading a package set
// costs nothing for each of its names.
type scope struct {
	layers []layer
}

// A layer is one name with its value, or all attributes of a set.
type layer struct {
	name  string        // "" for a set
	value eval.Value    // of name
	pos   lang.Position // where name was bound; the zero Position if that is not known
	line  string        // the line there, if it was typed; "" for a file
	set   eval.Value    // whose attributes are the names, if name is ""
}

// find returns the value of a name. It evaluates nothing.
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

// bind adds a layer for one name. An older layer for that name alone goes; a set that has the
// name stays, hidden, for its other names.
func (s *scope) bind(name string, v eval.Value, pos lang.Position, line string) {
	s.layers = slices.DeleteFunc(s.layers, func(l layer) bool { return l.name == name })
	s.layers = append(s.layers, layer{name: name, value: v, pos: pos, line: line})
}

// position returns the place where a name was bound, the line there if it was typed at the
// prompt, and whether the place is known.
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

// add adds a set as the newest layer.
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

// names returns all names, sorted, each once. Of a large package set that is slow enough to
// matter: only completion, hints and :env call it.
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
