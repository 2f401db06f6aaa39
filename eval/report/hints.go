package report

// This file defines the notes of a report: what the evaluator saw, and what to do.

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/pattern"
	"github.com/firn-lang/firn/lang"
)

// hints adds the notes.
func (r *reporter) hints() {
	e := r.err
	switch core.Code(r.out.Code.Name) {
	case core.CodeMissingAttribute:
		r.missingAttribute()
	case core.CodeUndefinedVariable:
		r.undefined(e.Pos)
	case core.CodeMissingArgument, core.CodeUnexpectedArgument:
		r.functionTakes()
	case core.CodeMissingFile:
		r.missingFile()
	case core.CodeThrown:
		if strings.Contains(e.Msg, overlaysNoList) {
			r.note("put brackets around it: overlays = [ (final: prev: { ... }) ]")
		}
	case core.CodeInvalidDerivation:
		if e.Name() == "name" {
			r.note("a derivation needs a name: mkDerivation takes name, or makes one of pname and version")
		}
	case core.CodeFile:
		r.folder()
	case core.CodeStorePath:
		r.note("what is copied to the store can be read with --read-write-mode only")
	case core.CodeSearchPath:
		r.searchPath()
	case core.CodePureEvaluation:
		r.note("evaluate without --pure to allow it (in Nix: with --impure)")
	case core.CodeRestricted:
		r.note("-I FOLDER allows what is below a folder")
	case core.CodeInfiniteRecursion:
		r.recursionNotes()
	case core.CodeStackOverflow:
		r.overflowNotes()
	case core.CodeNotAFunction:
		r.notAFunction()
	case core.CodeCannotCoerce:
		r.coercionNotes()
	case core.CodeWrongType:
		r.typeNotes()
	case core.CodeInvalidJSON:
		r.invalidData("JSON")
	case core.CodeInvalidTOML:
		r.invalidData("TOML")
	case codeUnknownOption, codeOptionConflict, codeOptionNotSet, codeOptionType:
		r.optionNotes()
	case codeModuleArgument:
		r.note("pass it to all modules with specialArgs (extraSpecialArgs in Home Manager), or _module.args")
	case core.CodeAssertionFailed:
		r.assertionNotes()
	case core.CodeStringContext:
		r.note("builtins.unsafeDiscardStringContext makes it a string that depends on nothing")
	case core.CodeRelativePath:
		if file := e.File(); plainPath.MatchString(file) {
			r.note("without quotes, ./" + file + " is a path, which starts at the folder of the file that it is in")
		}
	case core.CodeExperimental:
		r.feature(e.Name())
	}
}

// overlaysNoList is what nixpkgs throws if overlays is not a list.
const overlaysNoList = "The overlays argument to nixpkgs must be a list"

// feature says how a feature is enabled, if its name is known.
func (r *reporter) feature(name string) {
	if name != "" {
		r.note("--extra-experimental-features " + name + " enables it")
	}
}

// plainPath is a path that can be written without quotes behind ./.
var plainPath = pattern.New(`^[\w.-]+(/[\w.-]+)*$`)

// quoteList returns names as part of a sentence.
func quoteList(names []string, word string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "'" + name + "'"
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	last := len(quoted) - 1
	return strings.Join(quoted[:last], ", ") + " " + word + " " + quoted[last]
}

// absent says why there is no builtin of that name; false if there never is.
func (r *reporter) absent(name string) bool {
	feature, ok := r.opt.Absent[strings.TrimPrefix(name, "__")]
	switch {
	case !ok:
		return false
	case feature != "":
		r.out.Code = codes[string(core.CodeExperimental)]
		r.note("builtins." + name + " is experimental: --extra-experimental-features " + feature + " enables it")
	default:
		r.out.Code = codes[string(core.CodePureEvaluation)]
		r.note("in pure evaluation there is no builtins." + name + ": take it as an argument, or evaluate without --pure (in Nix: with --impure)")
	}
	return true
}

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

// selects reports whether what stands at pos selects something from a variable.
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

// undefined adds notes about an undefined variable at pos.
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

// given returns the names of the attributes that the call at pos gives, if they are
// written there.
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

// functionTakes says what the function takes that was called with other arguments.
func (r *reporter) functionTakes() {
	required := "" // the argument that is missing
	if r.err.Code == core.CodeMissingArgument {
		required = r.err.Name()
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

// calledBy reports whether the call that failed stands in a file of a library that has
// that name.
func (r *reporter) calledBy(base string) bool {
	for _, f := range r.err.Frames {
		if f.Kind == core.StepCallSite {
			s, _ := r.source(f.Pos)
			return s != nil && path.Base(s.file.Name) == base && r.origin(s.file.Name) == Library
		}
	}
	return false
}

// callPackageWith is the function of nixpkgs that calls packages with arguments from a
// set.
const callPackageWith = "callPackageWith"

func (r *reporter) searchPath() {
	file := r.err.Name()
	name, _, _ := strings.Cut(file, "/")
	r.out.Message = "<" + file + "> is not in the search path"
	r.note(fmt.Sprintf("give it with -I %s=PATH, or in the environment: NIX_PATH=%s=PATH", name, name))
	if len(r.opt.Library) == 0 {
		r.note("the search path is empty")
	}
}

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

// within reports whether a place is an attribute of that name, or lies in one.
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

// overlayNote says what overlays take from where, if a value takes itself from the
// final set.
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

// overlayFile is the file of nixpkgs' lib that applies overlays.
const overlayFile = "fixed-points.nix"

// notAFunction says what is taken for the argument of a call that is not meant as one.
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
			r.note("an overlay is a function of two arguments: final: prev: { ... }")
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
		if s.file.Position(fn.End).Line < s.file.Position(arg.Start).Line {
			r.note("the next line is taken for its argument: is there a semicolon or an operator missing in between?")
		} else {
			r.note("'" + shorten(s.file.Text(arg)) + "' behind it is taken for its argument: is there an operator or a semicolon missing in between?")
		}
		return false
	})
}

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

// builtin returns the name of the builtin that the error is one of, if the user's own
// text calls it; else "".
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
	case want == "a list" && got == "a set" && isDerivation(r.out.Found):
		r.note("the value is a derivation: is it to be an element of a list, [ ... ]?")
	case want == "a list" && got == "a set":
		r.note("builtins.attrValues makes a list of a set's values")
	case want == "a list" && got == "a string" && r.operandOf(lang.OpConcat):
		r.note("strings are appended with +")
	case want == "a list" && got == "a function" && r.builtin() != "":
		r.note("are the arguments in the right order? firn doc " + r.builtin() + " tells it")
	case got == "a function":
		r.note("the function has to be called: an argument is missing, or, in a list, parentheses: [ (f x) ]")
	case got == "null":
		r.note("the value is null: is it to have a default?")
	}
}

func (r *reporter) optionNotes() {
	o := r.out.Option
	if o == nil {
		return
	}
	switch r.out.Code.Name {
	case codeOptionConflict:
		r.note("lib.mkForce VALUE makes one of them win, lib.mkDefault VALUE makes one give way")
	case codeOptionNotSet:
		r.note("set " + o.Path + ", or turn off what needs it")
	case codeOptionType:
		if o.Type == "boolean" || o.Type == "bool" {
			r.note("Booleans are written without quotes: true and false")
		}
	case codeUnknownOption:
		for _, known := range r.knownOptions(o.Path) {
			if !slices.Contains(r.out.Suggestions, known) {
				r.out.Suggestions = append(r.out.Suggestions, known)
			}
		}
	}
}

func (r *reporter) assertionNotes() {
	for _, v := range r.err.Values {
		r.note(v.Name + " is " + v.Value)
	}
	if s, at := r.source(r.err.Pos); s != nil && s.tree != nil {
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			if a, ok := x.(*lang.Assert); ok && s.file.Offset(a.At) == at {
				r.out.Message = "assertion '" + shorten(s.file.Text(a.Cond.Span())) + "' failed"
			}
			return true
		})
	}
	if p := r.out.Place; p == nil || p.Origin != User {
		r.note("what asserts it is not your own: the trace says what led there")
	}
}

// parseHints adds notes to an error of the parser.
func (r *reporter) parseHints(e *lang.Error) {
	f := e.File
	at := f.Offset(e.Span.Start)
	switch e.Code {
	case lang.CodeUndefinedVariable:
		r.undefinedIn(newSource(f.Name, f.Source), at)
	case lang.CodeExperimental:
		r.feature(e.Feature)
	case lang.CodeSyntax:
		r.syntaxHints(e, at)
	}
}
