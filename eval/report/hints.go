package report

// This file defines which notes a report gets, by its code, and the notes that need one line.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/pattern"
	"github.com/firn-lang/firn/lang"
)

// buildsImports says what to do about import from derivation, for which there has to be a store on
// the disk.
const buildsImports = "firn eval --store auto builds what an expression imports, in the store of this machine; --store DIR does in a folder of yours"

// hints adds the notes. A code without a case has a message that says all there is to say.
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
			r.note(overlaysBrackets)
		}
	case core.CodeInvalidDerivation:
		if e.Name() == "name" {
			r.namelessDerivation()
		}
	case core.CodeFile:
		r.folder()
	case core.CodeNotSupported:
		if strings.Contains(e.Msg, "during evaluation") {
			r.note(buildsImports)
		}
	case core.CodeStorePath:
		if strings.Contains(e.Msg, ".drv' is not valid") {
			r.note(buildsImports)
			break
		}
		if strings.HasSuffix(e.Msg, "is not in the Nix store") {
			break // so nothing was copied there
		}
		r.note("what is copied to the store can be read with --read-write-mode only")
	case core.CodeSearchPath:
		r.searchPath()
	case core.CodePureEvaluation:
		r.note("--impure allows it, and so does the absence of --pure")
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
	case codeRefusedPackage:
		r.refusal()
	case codeModuleArgument:
		r.note("pass it to all modules with specialArgs (extraSpecialArgs in Home Manager), or _module.args")
	case core.CodeAssertionFailed:
		r.assertionNotes()
	case core.CodeStringContext:
		r.note("builtins.unsafeDiscardStringContext makes it a string that depends on nothing")
	case core.CodeRelativePath:
		if file := e.File(); plainPath.MatchString(file) {
			if !strings.HasPrefix(file, "./") && !strings.HasPrefix(file, "../") {
				file = "./" + file
			}
			r.note("without quotes, " + file + " is a path, which starts at the folder of the file that it is in")
		}
	case core.CodeExperimental:
		r.feature(e.Name())
	case core.CodeInvalidLockFile:
		if line, column, problem := e.TextPosition(); problem != "" {
			r.out.Message = fmt.Sprintf("flake.lock is not valid JSON, at line %d, column %d", line, column)
			r.note("a merge in Git may have left it so; git restore flake.lock brings the last version back")
		}
	}
	r.flakeInput()
	for _, h := range r.opt.Hidden {
		if r.out.Code.Name != codeUntrackedFile {
			reason := hiddenReasons[h.Reason]
			r.note("'" + h.Path + "', which was looked for, exists but " + reason.short + ": " + reason.repair(h))
		}
	}
}

// overlaysNoList is what nixpkgs 26.11 throws if overlays is not a list; 18.03 fails where it
// concatenates lists of overlays.
const overlaysNoList = "The overlays argument to nixpkgs must be a list"

// overlaysFunction is how the printer begins a function that is the value of overlays.
const overlaysFunction = "«lambda overlays @"

// overlaysBrackets is the note for an overlay without a list around it, in all versions.
const overlaysBrackets = "put brackets around it: overlays = [ (final: prev: { ... }) ]"

// feature says how a feature is enabled, if its name is known.
func (r *reporter) feature(name string) {
	if name != "" {
		r.note("--extra-experimental-features " + name + " enables it")
	}
}

// plainPath is a path that can be written without quotes, behind ./ if it does not begin so.
var plainPath = pattern.New(`^[\w.-]+(/[\w.-]+)*$`)

// quoteList returns names as part of a sentence: 'a', 'b' or 'c', where word is "or".
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

// absent notes why there is no builtin of that name, and makes the reason the code of the
// report; false if there never is one. Its suggestion would be another builtin, which is wrong.
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

// optionNotes says what to do about the option of a module system's error. The option is
// known only if the message was recognized. Suggestions of the message come before those that
// are found in the texts of modules: nixpkgs 18.03 suggests nothing itself.
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

// assertionNotes shows the values in the condition, and the condition as it was written: the
// message has it as the printer of expressions writes it, which is longer.
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

// parseHints adds notes to an error of the parser or of the resolver of names, which have the
// text but no evaluation.
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
