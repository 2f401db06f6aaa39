package report

// This file defines notes about values of the wrong type.

import (
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/lang"
)

// added returns the sum that the error is about one of the operands of, and whether that
// is the right one; nil if it is another error.
func (r *reporter) added() (sum *lang.Binary, right bool) {
	s, at := r.source(r.err.Pos)
	if s == nil {
		for _, f := range r.err.Frames {
			if f.Pos != 0 {
				s, at = r.source(f.Pos)
				break
			}
		}
	}
	if s == nil || s.tree == nil {
		return nil, false
	}
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		if b, ok := x.(*lang.Binary); ok && b.Op == lang.OpAdd && sum == nil {
			right = s.file.Offset(b.Y.Span().Start) == at
			if right || s.file.Offset(b.X.Span().Start) == at {
				sum = b
			}
		}
		return sum == nil
	})
	return sum, right
}

// coercionNotes says how the value becomes a string; or, if + is the wrong operator for it,
// which one is right.
func (r *reporter) coercionNotes() {
	sum, right := r.added()
	if right {
		r.note("what is on the left of + is a string or path, so that + appends")
	}
	left := sum != nil && !right // + may be the wrong operator
	switch _, found := r.err.Types(); found {
	case "a set":
		if left {
			r.note("sets are merged with //")
			return
		}
		r.note("a set is a string only if it has outPath, as derivations have, or __toString: perhaps one of its attributes is meant")
	case "a list":
		if left {
			r.note("lists are concatenated with ++")
			return
		}
		r.note("builtins.concatStringsSep \" \" makes a string of a list of strings, toString one of any list")
	case "an integer", "a float", "a Boolean":
		r.note("toString makes a string of it")
	case "null":
		r.note("the value is null: is it to have a default?")
	case "a function":
		r.note("the function has to be called: an argument is missing")
	}
}

// operandOf reports whether the error is about an operand of op.
func (r *reporter) operandOf(op lang.Op) bool {
	found := false
	for _, f := range append([]core.Frame{{Pos: r.err.Pos}}, r.err.Frames...) {
		s, at := r.source(f.Pos)
		if s == nil || s.tree == nil {
			continue
		}
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			b, ok := x.(*lang.Binary)
			found = found || ok && b.Op == op && (s.file.Offset(b.X.Span().Start) == at || s.file.Offset(b.Y.Span().Start) == at || s.file.Offset(b.OpPos) == at)
			return !found
		})
		break
	}
	return found
}

// isDerivation reports whether the value that was found is a derivation.
func isDerivation(found []string) bool {
	return len(found) > 0 && strings.HasPrefix(found[0], `{ type = "derivation";`)
}

// notASet says what it is that something is selected from.
func (r *reporter) notASet() {
	for _, f := range r.err.Frames {
		if f.Kind != core.StepSelection {
			continue
		}
		s, at := r.source(f.Pos)
		if s == nil || s.tree == nil {
			return
		}
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			sel, ok := x.(*lang.Select)
			if !ok || s.file.Offset(sel.At) != at || r.err.Step >= len(sel.Path) {
				return true
			}
			from, to := s.offsets(sel.X.Span())
			if r.err.Step > 0 {
				to = s.stepEnd(sel.Path[r.err.Step-1], to)
			}
			name := s.file.Source[s.file.Offset(sel.Path[r.err.Step].Pos):]
			r.note("'" + firstWord(name) + "' is selected from `" + shorten(s.file.Source[from:to]) + "`, which is no set")
			return false
		})
		return
	}
}

// functionFirst are the builtins that take a function, and behind it what they call it with.
var functionFirst = []string{"map", "filter", "any", "all", "sort", "partition", "groupBy", "concatMap", "foldl'", "mapAttrs", "zipAttrsWith"}

// typeNotes says how a value of the type that was found becomes one of the type that was
// needed. Only pairs that users confuse have a note.
func (r *reporter) typeNotes() {
	want, got := r.err.Types()
	if want == "a set" {
		r.notASet()
	}
	switch {
	case want == "": // a builtin that takes several types
	case (want == "an integer" || want == "a float") && got == "a string":
		r.note("builtins.fromJSON makes a number of a string of digits (lib.toInt, too)")
	case want == "a Boolean" && got == "a string":
		r.note("Booleans are written without quotes: true and false")
	case want == "a string" && (got == "an integer" || got == "a float"):
		r.note("toString makes a string of it")
	case want == "a list" && got == "a function" && len(r.out.Found) > 0 && strings.HasPrefix(r.out.Found[0], overlaysFunction):
		r.note(overlaysBrackets)
	case want == "a list" && got == "a set" && isDerivation(r.out.Found):
		r.note("the value is a derivation: is it to be an element of a list, [ ... ]?")
	case want == "a list" && got == "a set":
		r.note("builtins.attrValues makes a list of a set's values")
	case want == "a list" && got == "a string" && r.operandOf(lang.OpConcat):
		r.note("strings are appended with +")
	case got == "a function" && slices.Contains(functionFirst, r.builtin()):
		r.note("are the arguments in the right order? firn doc " + r.builtin() + " tells it")
	case got == "a function":
		r.note("the function has to be called: an argument is missing, or, in a list, parentheses: [ (f x) ]")
	case got == "null":
		r.note("the value is null: is it to have a default?")
	}
}
