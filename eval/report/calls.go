package report

// This file defines notes about calls: of functions with other arguments, and of values that
// are no functions.

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/lang"
)

// given returns the names of the attributes that the call at pos gives, if its last argument
// is a set that is written there. Arguments that are computed have no names in the text.
func (r *reporter) given(pos lang.Pos) []string {
	s, at := r.source(pos)
	if s == nil || s.tree == nil {
		return nil
	}
	var names []string
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		call, ok := x.(*lang.Apply)
		if !ok || s.file.Offset(call.Call) != at {
			return true
		}
		if set, ok := call.Args[len(call.Args)-1].(*lang.Attrs); ok {
			for i := range set.List {
				names = append(names, s.symbols.Name(set.List[i].Name))
			}
		}
		return true
	})
	return names
}

// functionTakes says which arguments the function takes that was called with others. Functions
// of packages have dozens; the first twelve are shown, in the order of the text. A call by
// callPackage gets its arguments from the package set, so that a name which is missing there
// is a typo of the function's, not of the call's.
func (r *reporter) functionTakes() {
	required := "" // the argument that is missing
	if r.err.Code == core.CodeMissingArgument {
		required = r.err.Name()
	}
	if r.err.Kind == core.ErrMissingArgument {
		// The function is called from outside. The reference's message goes on for a paragraph.
		r.out.Message, _, _ = strings.Cut(r.out.Message, "\n")
		r.note("pass it: --arg " + required + " EXPR, or --argstr " + required + " TEXT; at the prompt, call the function with a set")
	}
	if required != "" {
		for _, f := range r.err.Frames {
			if f.Name() == callPackageWith {
				r.note("callPackage takes arguments from the package set, which has no '" + required + "': is it spelled correctly? Or pass it: callPackage ... { " + required + " = ...; }")
				break
			}
		}
		for _, f := range r.err.Frames {
			if f.Kind == core.StepCallSite {
				if near := lang.Similar(required, r.given(f.Pos)); len(near) > 0 {
					r.note("the call has '" + near[0] + "': is '" + required + "' meant?")
				}
				break
			}
		}
	}
	s, at := r.source(r.err.Pos)
	if s == nil || s.tree == nil {
		return
	}
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		f, ok := x.(*lang.Lambda)
		if !ok || f.Formals == nil || s.file.Offset(f.At) != at {
			return true
		}
		list := slices.Clone(f.Formals.List)
		slices.SortFunc(list, func(a, b lang.Formal) int { return int(a.Pos) - int(b.Pos) })
		var names []string
		for _, a := range list {
			text := s.symbols.Name(a.Name)
			if a.Default != nil {
				text += " ? " + shorten(s.file.Text(a.Default.Span()))
			}
			names = append(names, text)
		}
		if f.Formals.Ellipsis {
			names = append(names, "...")
		}
		const many = 12
		if len(names) > many {
			names = append(names[:many:many], "...")
		}
		if required != "" && r.out.Source == nil {
			// No file of the user's has the call: the formal is what the user wrote.
			for _, a := range list {
				if s.symbols.Name(a.Name) == required && r.out.Place != nil && r.out.Place.File == s.file.Name {
					from := s.file.Offset(a.Pos)
					r.out.Place = r.placeIn(s.file, from, from+len(required))
				}
			}
		}
		if takes := []string{"config", "lib", "pkgs", "options"}; r.out.is(core.CodeUnexpectedArgument) && r.calledBy(modulesFile) &&
			slices.ContainsFunc(takes, func(name string) bool { return slices.Contains(names, name) }) {
			r.note("modules are called with more arguments than these: add ..., as in { " + strings.Join(names, ", ") + ", ... }:")
			return false
		}
		p := s.file.Position(f.At)
		r.note(fmt.Sprintf("the function takes { %s } (line %d of %s)", strings.Join(names, ", "), p.Line, path.Base(p.File)))
		return false
	})
}

// modulesFile is the file of nixpkgs' lib that calls modules.
const modulesFile = "modules.nix"

// calledBy reports whether the call that failed stands in a file of a library that has that
// name. Only the innermost call counts: every trace of NixOS has modules.nix further out.
func (r *reporter) calledBy(base string) bool {
	for _, f := range r.err.Frames {
		if f.Kind == core.StepCallSite {
			s, _ := r.source(f.Pos)
			return s != nil && path.Base(s.file.Name) == base && r.origin(s.file.Name) == Library
		}
	}
	return false
}

// callPackageWith is the function of nixpkgs' lib/customisation.nix that calls packages with
// arguments from a set.
const callPackageWith = "callPackageWith"

// overlayFile is the file of nixpkgs' lib that applies overlays: the call of an overlay that
// returns no function fails there.
const overlayFile = "fixed-points.nix"

// overlayShape is the note about a function that is passed as an overlay and is none.
const overlayShape = "an overlay is a function of two arguments: final: prev: { ... }"

// notAFunction says which text is taken for the argument of a call that is not meant as one,
// or where the arguments begin that are left when a function has returned what is none.
// An argument on another line points to a missing semicolon, one on the same line to a missing
// operator. A call in a library is shown only if it is that of an overlay.
func (r *reporter) notAFunction() {
	p := r.out.Place
	if p == nil {
		return
	}
	s, at := r.source(r.err.Pos)
	if s == nil || s.tree == nil {
		return
	}
	if r.origin(s.file.Name) != User { // the call is not on the user's screen
		if path.Base(s.file.Name) == overlayFile {
			r.note(overlayShape)
		}
		return
	}
	pos := s.file.Pos(at)
	lang.Walk(s.tree.Root, func(x lang.Expr) bool {
		call, ok := x.(*lang.Apply)
		if !ok || call.Call != pos || len(call.Args) == 0 {
			return true
		}
		fn, arg := call.Fn.Span(), call.Args[0].Span()
		if n := r.err.Unused; 0 < n && n < len(call.Args) { // a function took those before
			text := "'" + shorten(s.file.Text(call.Args[len(call.Args)-n].Span())) + "'"
			if n == 1 {
				r.note(text + " is one argument too many: is there an operator or a semicolon missing before it?")
			} else {
				r.note(fmt.Sprintf("%d arguments are too many, from %s on: is there an operator or a semicolon missing before it?", n, text))
			}
			return false
		}
		if s.file.Position(fn.End).Line < s.file.Position(arg.Start).Line {
			r.note("the next line is taken for its argument: is there a semicolon or an operator missing in between?")
		} else {
			r.note("'" + shorten(s.file.Text(arg)) + "' behind it is taken for its argument: is there an operator or a semicolon missing in between?")
		}
		return false
	})
}

// builtin returns the name of the builtin that complains about its argument, if the user's own
// text calls it; else "". Frames between the error and the builtin may only be notes about the
// argument: with any other frame the value was needed by something deeper.
func (r *reporter) builtin() string {
	for _, f := range r.err.Frames {
		switch f.Kind {
		case core.StepBuiltin:
			if p := r.place(f.Pos, lookAny); p == nil || p.Origin != User {
				return ""
			}
			return f.Name()
		case core.StepNote: // about one of its arguments
		default:
			return ""
		}
	}
	return ""
}
