package report

// This file defines notes about names that are not defined: attributes, variables and entries
// of the search path.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// missingAttribute says what the set has instead. A builtin that is absent for a reason,
// such as a feature that is not enabled, changes the code of the report.
func (r *reporter) missingAttribute() {
	e := r.err
	if r.selects(e.Pos, "builtins") && r.absent(e.Name()) {
		return
	}
	const few = 12
	switch names := e.Known; {
	case names == nil:
	case len(names) == 0:
		r.note("the set is empty")
	case len(names) <= few:
		r.note("the set has " + quoteList(names, "and"))
	default:
		r.note(fmt.Sprintf("the set has %d attributes: '%s', ...", len(names), strings.Join(names[:few], "', '")))
	}
	if e.Outer {
		r.note("the set around it has an attribute '" + e.Name() + "'")
	}
}

// selects reports whether the selection at pos is one from a variable of that name. Shadowing
// is not looked at: nothing but builtins is asked for.
func (r *reporter) selects(pos lang.Pos, variable string) bool {
	s, at := r.source(pos)
	if s == nil || s.tree == nil {
		return false
	}
	found := false
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		if sel, ok := x.(*lang.Select); ok && s.file.Offset(sel.At) == at {
			if v, ok := sel.X.(*lang.Var); ok && s.symbols.Name(v.Name) == variable {
				found = true
			}
		}
		return true
	})
	return found
}

// undefined adds notes about an undefined variable that the evaluator met at pos: only names
// below a with reach it, all others are found by the resolver.
func (r *reporter) undefined(pos lang.Pos) {
	s, at := r.source(pos)
	if s != nil {
		r.undefinedIn(s, at)
	}
}

// otherWords are words of other languages, and what they are in Nix.
var otherWords = map[string]string{
	"not": "!", "and": "&&", "None": "null", "nil": "null", "undefined": "null", "elif": "else if",
}

// undefinedIn adds notes about the undefined variable that stands at byte at of s. They are
// about what the name could have meant: an argument that the function lacks, a builtin
// behind its prefix, or an attribute of a set that is not recursive.
func (r *reporter) undefinedIn(s *source, at int) {
	if s.tree == nil {
		return
	}
	name := strings.Trim(firstWord(s.file.Source[at:]), `"`)
	if name == "lib" || name == "pkgs" {
		if _, ok := s.tree.Root.(*lang.Lambda); ok {
			r.note("the function does not take '" + name + "': add it to its arguments, { " + name + ", ... }:")
		}
	}
	if word := otherWords[name]; word != "" {
		r.note("in Nix, that is written " + word)
	}
	if strings.HasPrefix(name, "__") && r.absent(name[2:]) {
		return
	}
	if slices.Contains(r.opt.Globals, "builtins") && slices.Contains(r.opt.Globals, "builtins."+name) {
		r.note("there is builtins." + name)
	}
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		set, ok := x.(*lang.Attrs)
		if !ok || set.Rec {
			return true
		}
		from, to := s.offsets(set.Span())
		if at < from || at >= to {
			return true
		}
		for i := range set.List {
			if a := &set.List[i]; s.symbols.Name(a.Name) == name && a.Kind == lang.AttrPlain {
				p := s.file.Position(a.Pos)
				r.note(fmt.Sprintf("the set around it has an attribute '%s' (line %d), which is a variable only in rec { ... }; a let would do, too", name, p.Line))
			}
		}
		return true
	})
}

// searchPath says how the search path gets an entry. The first step of the name is that of
// the entry: <nixpkgs/lib> needs one for nixpkgs.
func (r *reporter) searchPath() {
	file := r.err.Name()
	name, _, _ := strings.Cut(file, "/")
	r.out.Message = "<" + file + "> is not in the search path"
	r.note(fmt.Sprintf("give it with -I %s=PATH, or in the environment: NIX_PATH=%s=PATH", name, name))
	if len(r.opt.Library) == 0 {
		r.note("the search path is empty")
	}
}
