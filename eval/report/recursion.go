package report

// This file defines notes about recursion: infinite, and too deep.

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/lang"
)

// recursionNotes says how cycles come about in modules and overlays, where neither value of
// the cycle looks wrong by itself.
func (r *reporter) recursionNotes() {
	values := false // the values of options need each other
	for _, f := range r.err.CycleFrames() {
		if f.Kind != core.StepContext {
			continue
		}
		m := whileOption.FindStringSubmatch(f.Text())
		if m == nil {
			continue
		}
		r.note("on the way, the option '" + m[1] + "' is evaluated")
		values = values || slices.ContainsFunc(r.out.Cycle, func(s Step) bool {
			return s.Place != nil && s.Place.Origin == User && (s.Name == m[1] || strings.HasSuffix(s.Name, "."+m[1]) || strings.HasSuffix(m[1], "."+s.Name))
		})
	}
	if len(r.out.Cycle) > 0 {
		r.overlayNote(r.out.Cycle[0])
		r.overlayPatternNote()
	}
	if !slices.ContainsFunc(r.out.Cycle, func(s Step) bool { return s.Place != nil && path.Base(s.Place.File) == "modules.nix" }) {
		return
	}
	// It is one of modules. What the user wrote of it is in imports, or is not.
	imports := false
	look := func(p *Place) {
		imports = imports || p != nil && p.Origin == User && r.within(p, "imports")
	}
	look(r.out.Place)
	for _, step := range r.out.Cycle {
		look(step.Place)
	}
	eachFrame(r.out.Frames[:r.out.inner], func(f *Frame) bool { look(f.Place); return !imports })
	switch {
	case imports:
		r.note("imports must not depend on config, nor on what is passed as _module.args: import always, and use lib.mkIf inside of the module")
	case !values && r.out.Place != nil && r.out.Place.Origin == User:
		r.note("which options a module defines must not depend on config: lib.mkIf CONDITION { ... } can, other than if and lib.optionalAttrs")
	}
}

// within reports whether a place is an attribute of that name, or lies in its value.
func (r *reporter) within(p *Place, name string) bool {
	found := false
	for _, f := range r.texts(func(f *lang.File) bool { return f.Name == p.File }) {
		s := r.parsed(f)
		at, ok := offset(f, p.Line, p.Column)
		if s.tree == nil || !ok {
			continue
		}
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			set, ok := x.(*lang.Attrs)
			if !ok {
				return true
			}
			for i := range set.List {
				a := &set.List[i]
				if a.Value == nil || s.symbols.Name(a.Name) != name {
					continue
				}
				_, to := s.offsets(a.Value.Span())
				found = found || s.file.Offset(a.Pos) <= at && at < to
			}
			return true
		})
	}
	return found
}

// overlayNote notes the mistake of overlays that take the package which they override from the
// final set. The names of that set in nixpkgs' manual are self (18.03) and final (26.11).
func (r *reporter) overlayNote(step Step) {
	p := step.Place
	if p == nil || p.Origin != User {
		return
	}
	for _, final := range []string{"self", "final"} {
		if strings.Contains(strings.Join(p.Lines, "\n"), final+"."+step.Name) {
			r.note("in an overlay, what is overridden is taken from the set before (super or prev), not from the final one (self or final)")
		}
	}
}

// overlayPatternNote notes the mistake of a pattern for the first argument of an overlay, as of
// a module or package: matching it needs the names of the final set, which the overlay makes.
func (r *reporter) overlayPatternNote() {
	s, at := r.source(r.err.Pos)
	if s == nil || s.tree == nil || r.origin(s.file.Name) != User {
		return
	}
	applied := func(step Step) bool {
		return step.Place != nil && path.Base(step.Place.File) == overlayFile && step.Place.Origin == Library
	}
	if !slices.ContainsFunc(r.out.Cycle, applied) {
		return
	}
	pos := s.file.Pos(at)
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		f, ok := x.(*lang.Lambda)
		if !ok || f.At != pos || f.Formals == nil {
			return true
		}
		r.note(overlayShape + ", with no pattern for final: its names are known only when all overlays are")
		return false
	})
}

// overflowNotes names the functions that call each other without end. Three repetitions are
// the fewest that look like a recursion rather than a coincidence.
func (r *reporter) overflowNotes() {
	for _, f := range r.out.Frames {
		if f.Repeat < 3 {
			continue
		}
		names := []string{}
		eachFrame([]Frame{f}, func(f *Frame) bool {
			if f.kind != core.StepFunction {
				return true
			}
			name := "anonymous lambda"
			if f.name != "" {
				name = "'" + f.name + "'"
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
			return true
		})
		if len(names) > 0 {
			r.note(fmt.Sprintf("what repeats, %d times: %s", f.Repeat, strings.Join(names, ", ")))
		}
		break
	}
	if r.err.Limit == core.LimitDepth {
		r.note("--max-call-depth N allows more calls within calls, if it is no recursion without an end")
	}
}
