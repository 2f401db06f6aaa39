package report

// This file defines how errors of module systems are recognized, those of NixOS
// and Home Manager, in their old words and in the new ones.

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/pattern"
	"github.com/firn-lang/firn/lang"
)

// Codes of what module systems throw.
const (
	codeUnknownOption    = "unknown-option"
	codeOptionType       = "option-type"
	codeOptionConflict   = "option-conflict"
	codeOptionNotSet     = "option-not-set"
	codeOptionReadOnly   = "option-read-only"
	codeModuleShape      = "module-shape"
	codeModuleArgument   = "module-argument"
	codeFailedAssertions = "failed-assertions"
)

// A rule says which code errors with a certain text have.
type rule struct {
	code  string          // one of the constants above
	match pattern.Pattern // of the whole message, without blanks around it
}

// rules returns the rules of pairs: a code, then the expression of its messages.
func rules(pairs ...string) []rule {
	var out []rule
	for i := 0; i < len(pairs); i += 2 {
		out = append(out, rule{pairs[i], pattern.New(pairs[i+1])})
	}
	return out
}

// moduleRules are the messages of module systems. Of their groups, option is the
// path of the option, file and other are where it is defined, type what it should
// be (plain, if not as the name of a type), got the type that it has, and defs what it
// is defined as.
//
// These are words of libraries, which know no codes: the only messages that reports read.
// Quotes are ` ' or ‘ ’, by the version of the library. Rules that are more exact come first:
// a message of 18.03 names the files ("defined in", "in … and …"), one of 26.11 lists the
// definitions behind "Definition values:", with their values.
var moduleRules = rules(
	codeUnknownOption, "(?s)^The option [`‘](?P<option>.+?)['’] defined in [`‘](?P<file>.+?)['’] does not exist\\.",
	codeUnknownOption, "(?s)^The option [`‘](?P<option>.+?)['’] in [`‘](?P<file>.+?)['’] does not exist\\.",
	codeUnknownOption, "(?s)^The option [`‘](?P<option>.+?)['’] does not exist\\.(?: Definition values:(?P<defs>.*))?",
	codeOptionType, "(?s)^The option value [`‘](?P<option>.+?)['’`] in [`‘](?P<file>.+?)['’`] is not (?:of type [`‘](?P<type>.+?)['’]\\.|(?P<plain>a list)\\.)",
	codeOptionType, "(?s)^A definition for option [`‘](?P<option>.+?)['’] is not of type [`‘](?P<type>.+?)['’]\\.(?: TypeError:)?(?: Definition values:(?P<defs>.*))?",
	codeOptionType, "(?s)^In module [`‘](?P<file>.+?)['’], you're trying to define a value of type [`‘](?P<got>.+?)['’]\\s+rather than (?P<plain>an attribute set) for the option\\s+[`‘](?P<option>[^'’\n]+)['’]",
	codeOptionConflict, "(?s)^The (?:unique )?option [`‘](?P<option>.+?)['’] (?:is defined multiple times|has conflicting definitions), in [`‘](?P<file>.+?)['’] and [`‘](?P<other>.+?)['’]\\.",
	codeOptionConflict, "(?s)^The (?:unique )?option [`‘](?P<option>.+?)['’] (?:is defined multiple times|has conflicting definition).*?:(?P<defs>\n- In .*)",
	codeOptionConflict, "(?s)^Cannot merge definitions of [`‘](?P<option>.+?)['’](?: given in [`‘](?P<file>.+?)['’](?: and [`‘](?P<other>.+?)['’])?)?\\.(?: Definition values:(?P<defs>.*))?",
	codeOptionConflict, "(?s)^The option [`‘](?P<option>.+?)[`'’] is defined both null and not null, in [`‘](?P<file>.+?)['’] and [`‘](?P<other>.+?)['’]",
	codeOptionNotSet, "(?s)^The option [`‘](?P<option>.+?)['’] (?:is used but not defined|was accessed but has no value defined)",
	codeOptionReadOnly, "(?s)^The option [`‘](?P<option>.+?)['’] is read-only, but it's set multiple times\\.(?: Definition values:(?P<defs>.*))?",
	codeModuleShape, "(?s)^Module [`‘](?P<file>.+?)['’] has an unsupported attribute [`‘](?P<option>.+?)['’]",
	codeModuleShape, "(?s)^[Mm]odule (?P<file>\\S+) .*does not look like a module",
	codeFailedAssertions, "(?s)^Failed assertions?:",
)

// moduleCode returns the code of a module system's message; nil if it is none.
func moduleCode(msg string) *Code {
	for _, rule := range moduleRules {
		if rule.match.MatchString(msg) {
			return codes[rule.code]
		}
	}
	return nil
}

// Parts of messages and the texts that module systems add with addErrorContext.
var (
	whileOption      = pattern.New("^while evaluating the option [`‘](.+)['’]:?$")
	whileDefinitions = pattern.New("^while evaluating definitions? from [`‘](.+)['’]:?$")
	whileArgument    = pattern.New("^while evaluating the module argument [`‘](.+?)['’] in [\x22`‘](.+?)[\x22'’]:?$")
	inFile           = pattern.New("(?:^|\n)- In [`‘]([^\n]+?)['’](: |:?\n|$)")
	did              = pattern.New(`(?s)Did you mean (.*?)\?`)
	element          = pattern.New(`^(.+)\."?\[definition \d+-entry (\d+)\]"?$`)
	quotedName       = pattern.New("[`‘]([^'’\n]+)['’]")
)

// whichOption and moduleArgument go by frames that nixpkgs adds with addErrorContext.

// moduleArgument returns the argument and the file of a module that takes an argument which no
// specialArgs has; nil if it is another error. To the evaluator that is a missing attribute of
// _module.args, deep in nixpkgs; the context frame names both.
func moduleArgument(e *core.Error) []string {
	if e.Code != core.CodeMissingAttribute {
		return nil
	}
	for _, f := range e.Frames {
		if f.Kind != core.StepContext {
			continue
		}
		if a := whileArgument.FindStringSubmatch(f.Text()); a != nil {
			if a[1] == e.Name() {
				return a[1:]
			}
			return nil
		}
	}
	return nil
}

// module recognizes a module system's error. Throws are matched by their text; any other error
// within an option gets the option, which says more than the library's frames.
func (r *reporter) module() {
	e := r.err
	msg := r.out.Nix
	if e.Kind == core.ErrThrow || e.Kind == core.ErrAbort {
		for _, rule := range moduleRules {
			if m := rule.match.FindStringSubmatch(msg); m != nil {
				r.moduleMessage(rule, m)
				return
			}
		}
	}
	if a := moduleArgument(e); a != nil {
		r.out.Message = "the module takes an argument '" + a[0] + "' that there is not"
		r.out.Suggestions = nil
		if s := r.fileSource(moduleFile(a[1])); s != nil {
			from, to := r.formal(s, a[0])
			r.moveTo(s, from, to)
		}
		return
	}
	r.whichOption()
}

// whichOption notes the innermost option, and the file of its definition, that was
// being evaluated.
func (r *reporter) whichOption() {
	option, file := "", ""
	for _, f := range r.err.Frames {
		if f.Kind != core.StepContext {
			continue
		}
		text := f.Text()
		if m := whileOption.FindStringSubmatch(text); m != nil && option == "" {
			option = m[1]
			break
		}
		if m := whileDefinitions.FindStringSubmatch(text); m != nil && file == "" {
			file = m[1]
		}
	}
	if option == "" || len(r.out.Cycle) > 0 {
		return
	}
	r.out.Option = &Option{Path: option}
	if file != "" {
		r.out.Option.Definitions = []Definition{{File: file, Place: r.definition(file, option)}}
	}
	if p := r.out.Place; (p == nil || p.Origin != User) && file != "" {
		if at := r.out.Option.Definitions[0].Place; at != nil && at.Origin == User {
			r.out.Place, r.out.Source = at, p
		}
	}
}

// moveTo makes bytes of a file the place of the error, and the place so far its source, unless
// an earlier move has set one: the first place is where the error was raised.
func (r *reporter) moveTo(s *source, from, to int) {
	if to <= from {
		return
	}
	if r.out.Source == nil {
		r.out.Source = r.out.Place
	}
	r.out.Place = r.placeIn(s.file, from, to)
}

// moduleMessage fills in the option and its definitions from a message that rule recognized;
// m are the groups of the match. The files that the message names are read again to find
// the definitions in them: a message has no lines.
func (r *reporter) moduleMessage(rule rule, m []string) {
	group := func(name string) string {
		if i := rule.match.SubexpIndex(name); i >= 0 {
			return m[i]
		}
		return ""
	}
	switch rule.code {
	case codeFailedAssertions:
		r.out.Place, r.out.Source = r.assertion(r.out.Nix), nil // the place in the library tells nothing
		return
	case codeModuleShape:
		if s := r.fileSource(moduleFile(group("file"))); s != nil {
			if p := r.definition(group("file"), group("option")); p != nil {
				r.out.Source, r.out.Place = nil, p
			}
		}
		return
	}
	o := &Option{Path: group("option"), Type: group("type") + group("plain")}
	elem := 0 // the number of the element of a list that is wrong; 0 if it is all of the value
	if m := element.FindStringSubmatch(o.Path); m != nil {
		o.Path = m[1]
		elem, _ = strconv.Atoi(m[2])
	}
	for _, file := range []string{group("file"), group("other")} {
		if file != "" {
			o.Definitions = append(o.Definitions, Definition{File: file})
		}
	}
	if defs := group("defs"); defs != "" {
		o.Definitions = append(o.Definitions, definitions(defs)...)
	}
	for i := range o.Definitions {
		d := &o.Definitions[i]
		d.Place = r.definition(d.File, o.Path)
		if x := r.listElement(moduleFile(d.File), o.Path, elem); x != nil {
			d.Place = x
		}
		if d.Value == "" && len(o.Definitions) > 1 {
			d.Value = r.definedAs(moduleFile(d.File), o.Path)
		}
	}
	r.out.Option = o
	for _, d := range o.Definitions {
		if d.Place != nil && d.Place.Origin == User {
			r.out.Place, r.out.Source = d.Place, nil
			break
		}
	}
	for _, d := range o.Definitions {
		if rule.code == codeOptionType && d.Value != "" {
			r.out.Found = append(r.out.Found, d.Value)
		}
	}
	if rule.code == codeOptionType && len(r.out.Found) == 0 && len(o.Definitions) == 1 && o.Definitions[0].Place != nil {
		if p := o.Definitions[0].Place; elem > 0 && len(p.Lines) == 1 {
			r.out.Found = []string{p.Lines[0][p.Column-1 : p.EndColumn-1]}
		} else if text := r.definedAs(moduleFile(o.Definitions[0].File), o.Path); text != "" {
			r.out.Found = []string{text}
		}
	}
	if m := did.FindStringSubmatch(r.out.Nix); m != nil && rule.code == codeUnknownOption {
		r.out.Suggestions = nil
		for _, name := range quotedName.FindAllStringSubmatch(m[1], -1) {
			r.out.Suggestions = append(r.out.Suggestions, name[1])
		}
	}
	// The rest is said by the parts of the report.
	switch rule.code {
	case codeUnknownOption:
		r.out.Message = "the option '" + o.Path + "' does not exist"
	case codeOptionType:
		what := "the value"
		if elem > 0 {
			what = fmt.Sprintf("element %d", elem)
		}
		r.out.Message = what + " of option '" + o.Path + "' is not of type " + o.Type
		if elem > 0 && slices.Equal(r.out.Found, []string{"<function>"}) {
			r.note("in a list, a call needs parentheses: [ (f x) ]")
		}
		if group("got") == "lambda" {
			r.note("it is a function: is an argument missing?")
		}
		if group("plain") != "" {
			r.out.Message = "the value of option '" + o.Path + "' is not " + o.Type
		}
	case codeOptionConflict:
		r.out.Message = "the option '" + o.Path + "' has several values that cannot be merged"
	case codeOptionNotSet:
		r.out.Message = "the option '" + o.Path + "' is used but has no value"
		if p := r.out.Place; p == nil || p.Origin != User {
			if beside := r.beside(o.Path); beside != nil {
				r.out.Place, r.out.Source = beside, p
			}
		}
	case codeOptionReadOnly:
		r.out.Message = "the option '" + o.Path + "' is read-only"
	}
}

// definitions returns the files and values that a message lists, "- In `FILE': VALUE". Values of
// several lines are indented by four blanks; advice ("Use `lib.mkForce …") may follow the last.
func definitions(text string) []Definition {
	var out []Definition
	at := inFile.FindAllStringSubmatchIndex(text, -1)
	for i, m := range at {
		end := len(text)
		if i+1 < len(at) {
			end = at[i+1][0]
		}
		value := text[m[1]:end]
		if n := strings.Index(value, "\nUse `lib.mk"); n >= 0 {
			value = value[:n]
		}
		var lines []string
		for line := range strings.SplitSeq(strings.Trim(value, "\n"), "\n") {
			lines = append(lines, strings.TrimPrefix(line, "    "))
		}
		out = append(out, Definition{File: text[m[2]:m[3]], Value: strings.TrimSpace(strings.Join(lines, "\n"))})
	}
	return out
}

// beside returns where the user's own files define the most of an option's path, two
// steps at least; nil if they do not.
func (r *reporter) beside(option string) *Place {
	var best *Place
	most := 1
	first := splitOption(option)[0]
	for _, f := range r.texts(func(f *lang.File) bool {
		return strings.Contains(f.Source, first) && r.origin(f.Name) == User
	}) {
		s := r.parsed(f)
		if s.tree == nil {
			continue
		}
		if a, steps := s.optionAttr(option); steps > most {
			from := s.file.Offset(a.Pos)
			best, most = r.placeIn(s.file, from, s.nameEnd(from)), steps
		}
	}
	return best
}

// assertion returns where the user's own files define an assertion whose message is part of msg;
// nil if they do not. The module system knows no places of assertions, which are elements of one
// long list; the text of the message tells them apart. Of a message with interpolations the
// literal parts are compared, in their order.
func (r *reporter) assertion(msg string) *Place {
	var found *Place
	for _, f := range r.texts(func(f *lang.File) bool {
		return r.origin(f.Name) == User && strings.Contains(f.Source, "assertion")
	}) {
		s := r.parsed(f)
		if s.tree == nil {
			continue
		}
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			set, ok := x.(*lang.Attrs)
			if !ok || found != nil {
				return found == nil
			}
			var condition *lang.Attr
			said := false
			for i := range set.List {
				switch a := &set.List[i]; s.symbols.Name(a.Name) {
				case "assertion":
					condition = a
				case "message":
					said = saidIn(a.Value, msg)
				}
			}
			if condition != nil && condition.Value != nil && said {
				_, to := s.offsets(condition.Value.Span())
				found = r.placeIn(s.file, s.file.Offset(condition.Pos), to)
			}
			return found == nil
		})
	}
	return found
}

// saidIn reports whether msg has the text of a string expression in it.
func saidIn(x lang.Expr, msg string) bool {
	parts := []lang.Expr{x}
	if interp, ok := x.(*lang.Interp); ok {
		parts = interp.Parts
	}
	said := false // a message of interpolations alone says nothing
	for _, part := range parts {
		text, ok := part.(*lang.String)
		if !ok {
			continue
		}
		want := strings.TrimSpace(text.Value)
		_, rest, ok := strings.Cut(msg, want)
		if !ok {
			return false
		}
		msg = rest
		said = said || want != ""
	}
	return said
}

// moduleFile returns the file that a module system's name for one means. The name has
// ", via option X" behind the file for modules that are the value of an option.
func moduleFile(name string) string {
	name, _, _ = strings.Cut(name, ", via option ")
	return strings.TrimSuffix(name, "#")
}

// definition returns where an option, or the longest part of its path that a file writes out,
// is defined; nil if the file has none of it or does not parse.
func (r *reporter) definition(file, option string) *Place {
	s := r.fileSource(moduleFile(file))
	if s == nil || s.tree == nil {
		return nil
	}
	from, to := s.findOption(option)
	if to == 0 {
		return nil
	}
	return r.placeIn(s.file, from, to)
}

// definedAs returns the text of the value that a file gives an option, on one line; "" if the
// value is not written out. Messages of 18.03 show no values.
func (r *reporter) definedAs(file, option string) string {
	s := r.fileSource(file)
	if s == nil || s.tree == nil {
		return ""
	}
	value := s.optionValue(option)
	if value == nil {
		return ""
	}
	return shorten(s.file.Text(value.Span()))
}

// listElement returns where element n, counted from 1, of the list stands that a file
// gives an option; nil if it is no list that is written there.
func (r *reporter) listElement(file, option string, n int) *Place {
	s := r.fileSource(file)
	if s == nil || s.tree == nil || n == 0 {
		return nil
	}
	x := s.optionValue(option)
	if with, ok := x.(*lang.With); ok {
		x = with.Body
	}
	list, ok := x.(*lang.List)
	if !ok || n > len(list.Elems) {
		return nil
	}
	from, to := s.offsets(list.Elems[n-1].Span())
	return r.placeIn(s.file, from, to)
}

// findOption returns the bytes of the attribute path that defines an option, as far
// as the text has it; 0, 0 if it does not have any of it.
func (s *source) findOption(option string) (from, to int) {
	a, _ := s.optionAttr(option)
	if a == nil {
		return 0, 0
	}
	from = s.file.Offset(a.Pos)
	return from, s.nameEnd(from)
}

// optionValue returns the value that the text gives to the whole path of an option; nil if it
// defines a part of the path only.
func (s *source) optionValue(option string) lang.Expr {
	if a, steps := s.optionAttr(option); a != nil && steps == len(splitOption(option)) {
		return a.Value
	}
	return nil
}

// optionAttr returns the attribute that defines an option, or the longest part of
// its path that there is, and of how many steps it is.
func (s *source) optionAttr(option string) (best *lang.Attr, steps int) {
	want := splitOption(option)
	var visit func(x lang.Expr, path []string)
	visit = func(x lang.Expr, path []string) {
		set, ok := x.(*lang.Attrs)
		if let, isLet := x.(*lang.Let); isLet {
			visit(let.Body, path)
			return
		}
		if !ok {
			for _, child := range lang.Children(x) {
				visit(child, path)
			}
			return
		}
		for i := range set.List {
			a := &set.List[i]
			name := s.symbols.Name(a.Name)
			if len(path) == 0 && name == "config" {
				visit(a.Value, path)
				continue
			}
			if len(path) >= len(want) || want[len(path)] != name {
				continue
			}
			here := append(path[:len(path):len(path)], name)
			if len(here) > steps {
				best, steps = a, len(here)
			}
			if a.Value != nil {
				visit(a.Value, here)
			}
		}
	}
	visit(s.tree.Root, nil)
	return best, steps
}

// splitOption splits the path of an option into steps without quotes: a."b.c".d has three.
func splitOption(option string) []string {
	var out []string
	for option != "" {
		var step string
		if rest, ok := strings.CutPrefix(option, `"`); ok {
			step, option, _ = strings.Cut(rest, `"`)
			option = strings.TrimPrefix(option, ".")
		} else {
			step, option, _ = strings.Cut(option, ".")
		}
		out = append(out, step)
	}
	return out
}

// formal returns the bytes of an argument of the function that a module is.
func (r *reporter) formal(s *source, name string) (from, to int) {
	if s.tree == nil {
		return 0, 0
	}
	x, ok := s.tree.Root.(*lang.Lambda)
	if !ok || x.Formals == nil {
		return 0, 0
	}
	for _, f := range x.Formals.List {
		if s.symbols.Name(f.Name) == name {
			from = s.file.Offset(f.Pos)
			return from, from + len(name)
		}
	}
	return 0, 0
}
