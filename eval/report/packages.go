package report

// This file defines what reports say of errors of package sets: packages that nixpkgs refuses to
// evaluate, and derivations without a name. Both are raised in the library, when the derivation
// is evaluated at last; the line of the user's that caused them is no frame of the trace any
// more, and has to be looked for in the texts.

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval/pattern"
	"github.com/firn-lang/firn/lang"
)

// codeRefusedPackage is the code of packages that the settings of nixpkgs do not allow.
const codeRefusedPackage = "refused-package"

// refused matches what nixpkgs' check-meta.nix throws. The first form is that of 26.11, the
// second that of 18.03.
var refused = []pattern.Pattern{
	pattern.New("^Refusing to evaluate package '(?P<package>[^'\n]+)' in (?P<file>[^\n]*?)(?::(?P<line>\\d+))? because it (?P<reason>[^\n]+)"),
	pattern.New("^Package ‘(?P<package>[^’\n]+)’ in (?P<file>[^\n]*?)(?::(?P<line>\\d+))? (?P<reason>[^\n]+), refusing to evaluate\\."),
}

// refusals are the reasons of nixpkgs, and the setting that allows packages in spite of each.
// Others, such as an invalid meta, are mistakes of the package, which no setting makes right.
var refusals = []struct {
	reason  string // within the message
	setting string // of nixpkgs' config
}{
	{"unfree license", "allowUnfree = true"},
	{"marked as broken", "allowBroken = true"},
	{"not supported on", "allowUnsupportedSystem = true"},
	{"not available on", "allowUnsupportedSystem = true"},
}

// refusedPackage returns the package, its file and line, and the reason of a refusal; nil if msg is none.
func refusedPackage(msg string) []string {
	for _, p := range refused {
		if m := p.FindStringSubmatch(msg); m != nil {
			return m[1:]
		}
	}
	return nil
}

// refusal marks where the user's own files mention a package that is refused, and says which
// setting allows it. The message of nixpkgs names half a dozen ways over twenty lines, and no
// line of the user's; it stays in Nix.
func (r *reporter) refusal() {
	m := refusedPackage(r.out.Nix)
	if m == nil {
		return
	}
	name, file, line, reason := m[0], m[1], m[2], m[3]
	r.out.Message = "the package '" + name + "' " + strings.TrimSuffix(reason, ":")
	base := packageName(name)
	// The folder of pkgs/by-name/un/unrar/package.nix has the name of the attribute.
	p := r.mention(base, path.Base(path.Dir(file)))
	if p == nil {
		p = r.lineOfUser(file, line)
	}
	if p != nil {
		if r.out.Source == nil && r.out.Place != nil && r.out.Place.Origin == Library {
			r.out.Source = r.out.Place
		}
		r.out.Place = p // nearer to the package than any frame
	}
	for _, detail := range refusalDetails(r.out.Nix) {
		r.note(detail)
	}
	if strings.Contains(reason, "marked as insecure") {
		r.note("permittedInsecurePackages = [ \"" + name + "\" ] in the config of nixpkgs allows it")
		return
	}
	if handler := problemHandler.FindStringSubmatch(r.out.Nix); handler != nil {
		r.note("problems.handlers." + handler[1] + " = \"warn\" in the config of nixpkgs allows it")
	}
	for _, known := range refusals {
		if strings.Contains(reason, known.reason) {
			r.note("config." + known.setting + " allows it: import <nixpkgs> { config." + known.setting + "; }, or nixpkgs.config." + known.setting + "; in NixOS")
			break
		}
	}
	if strings.Contains(r.out.Nix, "allowUnfreePredicate") {
		r.note("for this package alone: config.allowUnfreePredicate = pkg: builtins.elem (lib.getName pkg) [ \"" + base + "\" ]")
	}
}

// problemHandler matches the setting that allows one problem of a package, in the words of 26.11.
var problemHandler = pattern.New(`problems\.handlers = \{\n\s*(\S+) = "warn";`)

// maxDetails is how many known issues or problems of a package a report lists.
const maxDetails = 5

// maxAttributes is how many bytes of a package's attributes a report shows, before "...".
const maxAttributes = 200

// refusalDetails returns what a refusal says of its reason below the first line: the platforms,
// problems or known issues of the package. Ways to allow it are left out.
func refusalDetails(msg string) []string {
	first, rest, _ := strings.Cut(msg, "\n")
	known := false
	if !strings.HasSuffix(first, ":") {
		if _, rest, known = strings.Cut(rest, "Known issues:\n"); !known {
			return nil
		}
	}
	rest, _, _ = strings.Cut(rest, "\n\n")
	var items []string
	for line := range strings.SplitSeq(rest, "\n") {
		if item, ok := strings.CutPrefix(strings.TrimSpace(line), "- "); ok {
			items = append(items, item)
		}
	}
	switch {
	case len(items) == 0: // attributes, of which empty lists say nothing
		text := strings.Join(strings.Fields(rest), " ")
		text = strings.TrimSuffix(text, " package.meta.badPlatforms = [ ]")
		text = strings.ReplaceAll(text, " package.", "; package.")
		if len(text) > maxAttributes { // some packages list forty platforms
			text = text[:strings.LastIndexByte(text[:maxAttributes], ' ')] + " " + ellipsis
		}
		return []string{text}
	case !known:
		return items[:min(len(items), maxDetails)]
	}
	more := ""
	if n := len(items) - maxDetails; n > 0 {
		more = fmt.Sprintf(", and %d more", n)
	}
	return []string{"known issues: " + strings.Join(items[:min(len(items), maxDetails)], ", ") + more}
}

// lineOfUser returns a line, whose number is text, of a file of the user's own; nil if it is none.
func (r *reporter) lineOfUser(file, text string) *Place {
	line, err := strconv.Atoi(text)
	if err != nil || r.origin(file) != User {
		return nil
	}
	s := r.fileSource(file)
	if s == nil {
		return nil
	}
	from, ok := offset(s.file, line, 1)
	if !ok {
		return nil
	}
	content := s.file.Line(line)
	blank := len(content) - len(strings.TrimLeft(content, " \t"))
	return r.placeIn(s.file, from+blank, from+len(strings.TrimRight(content, " \t\r\n")))
}

// packageName returns a package's name without its version, which starts at the first dash that
// no letter follows, as in builtins.parseDrvName.
func packageName(name string) string {
	for i := 0; i+1 < len(name); i++ {
		if c := name[i+1]; name[i] == '-' && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return name[:i]
		}
	}
	return name
}

// mention returns where the user's own files first select one of the names on an attribute path, or
// have a variable called so; nil if they do not. Files are searched in the order of their names.
func (r *reporter) mention(names ...string) *Place {
	var found *Place
	for _, f := range r.texts(func(f *lang.File) bool {
		return r.origin(f.Name) == User && slices.ContainsFunc(names, func(name string) bool { return strings.Contains(f.Source, name) })
	}) {
		s := r.parsed(f)
		if s.tree == nil {
			continue
		}
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			name := ""
			switch x := x.(type) {
			case *lang.Var:
				name = s.symbols.Name(x.Name)
			case *lang.Select:
				// The last step, or one before it, as in pkgs.hello.overrideAttrs.
				for _, step := range x.Path {
					if n := s.symbols.Name(step.Name); step.Expr == nil && (name == "" || slices.Contains(names, n)) {
						name = n
					}
				}
			}
			if found == nil && slices.Contains(names, name) {
				from, to := s.offsets(x.Span())
				found = r.placeIn(s.file, from, to)
			}
			return found == nil
		})
	}
	return found
}

// namelessDerivation marks the call of the user's that makes a derivation without a name. Sets
// without pname count before those with it, from which old versions of nixpkgs (18.03) make no
// name. If several calls come into question, the report lists them in place of a guess.
func (r *reporter) namelessDerivation() {
	r.note("a derivation needs a name: mkDerivation takes name, or (but for old versions of nixpkgs) makes one of pname and version")
	if p := r.out.Place; p != nil && p.Origin == User {
		return
	}
	found := r.nameless("name", "pname")
	if len(found) == 0 {
		found = r.nameless("name")
	}
	if len(found) == 1 {
		if r.out.Place != nil && r.out.Place.Origin == Library {
			r.out.Source = r.out.Place // the evaluator's own text cannot be opened, and is left out
		}
		r.out.Place = found[0]
		return
	}
	for _, p := range found[:min(len(found), 3)] {
		r.note(fmt.Sprintf("there is none in the call at %s:%d", path.Base(p.File), p.Line))
	}
}

// nameless returns the calls of mkDerivation and derivation in the user's own files whose set
// is written there and has none of the attributes. A function of the final attributes counts as
// the set in its body.
func (r *reporter) nameless(attributes ...string) []*Place {
	var found []*Place
	for _, f := range r.texts(func(f *lang.File) bool {
		return r.origin(f.Name) == User && strings.Contains(f.Source, "erivation")
	}) {
		s := r.parsed(f)
		if s.tree == nil {
			continue
		}
		lang.Walk(s.tree.Root, func(x lang.Expr) bool {
			call, ok := x.(*lang.Apply)
			if !ok {
				return true
			}
			fn := s.file.Text(call.Fn.Span())
			if fn = fn[strings.LastIndexByte(fn, '.')+1:]; fn != "mkDerivation" && fn != "derivation" {
				return true
			}
			arg := call.Args[0]
			if final, ok := arg.(*lang.Lambda); ok {
				arg = final.Body
			}
			set, ok := arg.(*lang.Attrs)
			if !ok || len(set.Dynamic) > 0 {
				return true
			}
			for i := range set.List {
				if slices.Contains(attributes, s.symbols.Name(set.List[i].Name)) {
					return true
				}
			}
			from, to := s.offsets(call.Fn.Span())
			found = append(found, r.placeIn(s.file, from, to))
			return true
		})
	}
	return found
}
