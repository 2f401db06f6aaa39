package why

// This file defines Compare: how two generations differ, and what caused it.

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/text/version"
)

// A Diff is how two generations differ.
type Diff struct {
	Old, New *Record
	Trees    []TreeChange
	Options  []*OptionChange // sorted by their paths
	Parts    []*PartChange   // sorted by kinds and names
}

// A TreeChange is another version of what modules come from.
type TreeChange struct{ Name, Old, New string }

// An OptionChange is an attribute that is defined otherwise.
type OptionChange struct {
	Path     string
	Old, New *Option // nil if it is not defined
}

// A PartChange is a part that one generation lacks, or has with another value.
type PartChange struct {
	Kind, Name string
	Old, New   string // "" if it is not there
	// Causes are the changes that caused it; nil if it is not known which one of Diff did.
	Causes []*OptionChange
	Trees  bool // another version of a tree may have done it
	// From are the modules that define it.
	From []string
}

// Empty reports whether nothing differs.
func (d *Diff) Empty() bool { return len(d.Trees)+len(d.Options)+len(d.Parts) == 0 }

// Compare returns how two generations differ. source returns modules of the new one, by the
// names that records have for them; nil if one cannot be read.
func Compare(before, after *Record, source func(file string) *Source) *Diff {
	d := &Diff{Old: before, New: after}
	for _, name := range union(before.Trees, after.Trees) {
		if a, b := before.Trees[name], after.Trees[name]; a != b {
			d.Trees = append(d.Trees, TreeChange{name, a, b})
		}
	}
	for _, path := range union(before.Options, after.Options) {
		a, b := before.Options[path], after.Options[path]
		if a == nil || b == nil || !sameDefinitions(a, b) {
			d.Options = append(d.Options, &OptionChange{path, a, b})
		}
	}
	t := &tracer{d: d, source: source, sources: map[string]*Source{}, declared: map[string][]*OptionChange{}}
	t.index()
	for _, kind := range union(before.Parts, after.Parts) {
		olds, news := before.Parts[kind], after.Parts[kind]
		for _, name := range union(olds, news) {
			a, b := olds[name], news[name]
			if a.Value == b.Value {
				continue
			}
			c := &PartChange{Kind: kind, Name: name, Old: a.Value, New: b.Value, From: merge(a.From, b.From), Trees: len(d.Trees) > 0}
			c.Causes = t.causes(c)
			d.Parts = append(d.Parts, c)
		}
	}
	return d
}

// union returns the keys of two maps, sorted.
func union[V any](a, b map[string]V) []string {
	out := slices.Sorted(maps.Keys(a))
	for k := range b {
		if _, ok := a[k]; !ok {
			out = append(out, k)
		}
	}
	slices.Sort(out)
	return out
}

// merge returns the texts of two lists, sorted, each once.
func merge(a, b []string) []string {
	out := slices.Concat(a, b)
	slices.Sort(out)
	return slices.Compact(out)
}

// sameDefinitions reports whether an attribute has the same values, wherever they stand.
func sameDefinitions(a, b *Option) bool {
	return slices.EqualFunc(a.Definitions, b.Definitions, func(x, y Definition) bool { return x.Value == y.Value && x.Text == y.Text })
}

// A tracer looks for what caused a change.
type tracer struct {
	d       *Diff
	source  func(file string) *Source
	sources map[string]*Source

	declared map[string][]*OptionChange // changes, by modules that declare the option, and files that define it
}

// index fills declared.
func (t *tracer) index() {
	for _, c := range t.d.Options {
		var files []string
		for _, o := range []*Option{c.Old, c.New} {
			if o == nil {
				continue
			}
			files = append(files, o.Declared...)
		}
		slices.Sort(files)
		for _, f := range slices.Compact(files) {
			t.declared[f] = append(t.declared[f], c)
		}
	}
}

// parse returns a module.
func (t *tracer) parse(file string) *Source {
	s, ok := t.sources[file]
	if !ok {
		s = t.source(file)
		t.sources[file] = s
	}
	return s
}

// maxSteps is how many modules may lie between a part and what caused it.
const maxSteps = 4

// causes returns the changes that caused one of a part.
func (t *tracer) causes(c *PartChange) []*OptionChange {
	if direct := t.direct(c); len(direct) > 0 {
		return direct
	}
	if len(t.d.Options) == 1 && len(t.d.Trees) == 0 {
		return t.d.Options
	}
	files := c.From
	seen := map[string]bool{}
	for range maxSteps {
		var found []*OptionChange
		for _, f := range files {
			seen[f] = true
			found = append(found, t.declared[f]...)
		}
		var next []string
		for _, f := range files {
			for _, read := range t.parse(f).Reads() {
				found = append(found, t.reading(read)...)
			}
		}
		if len(found) > 0 {
			return distinct(found)
		}
		for _, f := range files {
			for _, read := range t.parse(f).Reads() {
				next = append(next, t.definers(read)...)
			}
		}
		slices.Sort(next)
		files = slices.DeleteFunc(slices.Compact(next), func(f string) bool { return seen[f] })
	}
	return nil
}

// partOptions are the options whose attributes parts of a kind are, so that a change of one is
// the direct cause of that of the part.
var partOptions = map[string][]string{
	"unit": {
		"systemd.services", "systemd.sockets", "systemd.timers", "systemd.paths", "systemd.targets", "systemd.mounts", "systemd.slices", "systemd.automounts", "systemd.units",
	},
	"user unit":   {"systemd.user.services", "systemd.user.sockets", "systemd.user.timers", "systemd.user.paths", "systemd.user.targets", "systemd.user.units"},
	"file":        {"environment.etc", "home.file", "xdg.configFile", "xdg.dataFile"},
	"user":        {"users.users", "users.extraUsers"},
	"group":       {"users.groups", "users.extraGroups"},
	"sysctl":      {"boot.kernel.sysctl"},
	"file system": {"fileSystems"},
	"variable":    {"home.sessionVariables"},
}

// direct returns the changes that are about a part itself: of the attribute that it is, or of
// a list of packages.
func (t *tracer) direct(c *PartChange) (found []*OptionChange) {
	name := c.Name
	if strings.HasSuffix(c.Kind, "unit") {
		if i := strings.LastIndexByte(name, '.'); i > 0 {
			name = name[:i]
		}
	}
	for _, o := range t.d.Options {
		if c.Kind == "package" || strings.HasPrefix(c.Kind, "kernel ") {
			if o.hasElem(name) {
				found = append(found, o)
			}
			continue
		}
		for _, option := range partOptions[c.Kind] {
			rest, ok := strings.CutPrefix(o.Path, option+".")
			if !ok {
				continue
			}
			names := SplitPath(rest)
			if len(names) > 0 && names[0] == name {
				found = append(found, o)
			}
		}
	}
	return found
}

// hasElem reports whether one of two lists has an element of a name that the other one lacks: a
// package, in some version, or a string.
func (c *OptionChange) hasElem(name string) bool {
	added, removed := c.Elems()
	for _, e := range slices.Concat(added, removed) {
		whole := strings.Trim(e.Value, `«»"`)
		of, _ := version.Split(whole)
		if of == name || whole == name {
			return true
		}
	}
	return false
}

// reading returns the changes of options at or below a path that is read, or around it.
func (t *tracer) reading(path []string) (found []*OptionChange) {
	for _, c := range t.d.Options {
		names := SplitPath(c.Path)
		if n := min(len(names), len(path)); n > 1 && slices.Equal(names[:n], path[:n]) {
			found = append(found, c)
		}
	}
	return found
}

// definers returns the modules that define the option that a path leads to, or into.
func (t *tracer) definers(path []string) []string {
	for n := len(path); n > 1; n-- {
		name := JoinPath(path[:n])
		if files := merge(t.d.Old.Defined[name], t.d.New.Defined[name]); len(files) > 0 {
			return files
		}
	}
	return nil
}

// distinct returns changes in the order of their paths, each once.
func distinct(list []*OptionChange) []*OptionChange {
	slices.SortFunc(list, func(a, b *OptionChange) int { return cmp.Compare(a.Path, b.Path) })
	return slices.Compact(list)
}

// A Place is where a change was made.
type Place struct {
	File string
	Line int
	Gone bool // it is one of the old configuration
}

// String returns the place as FILE:LINE.
func (p Place) String() string {
	text := p.File
	if text == "" {
		text = "a module without a file"
	}
	if p.Line > 0 {
		text += fmt.Sprintf(":%d", p.Line)
	}
	if p.Gone {
		text += " (was)"
	}
	return text
}

// Places returns where a change was made: the definitions that are new or have another value, or
// those that are gone; of lists, the elements.
func (c *OptionChange) Places() (list []Place) {
	added, removed := c.lines()
	for _, p := range added {
		list = append(list, Place{p.File, p.Line, false})
	}
	if len(list) == 0 {
		for _, p := range removed {
			list = append(list, Place{p.File, p.Line, true})
		}
	}
	return slices.Compact(list)
}

// lines returns the places of what only the new definitions have, and of what only the old ones
// have.
func (c *OptionChange) lines() (added, removed []Place) {
	only := func(of, other *Option) (list []Place) {
		if of == nil {
			return nil
		}
		for _, d := range of.Definitions {
			if other != nil && slices.ContainsFunc(other.Definitions, func(o Definition) bool { return o.Value == d.Value && o.Text == d.Text && o.File == d.File }) {
				continue
			}
			var elems []Elem
			if d.Elems != nil && other != nil {
				elems, _ = diffElems(other.elems(), d.Elems)
			}
			for _, e := range elems {
				list = append(list, Place{d.File, cmp.Or(e.Line, d.Line), false})
			}
			if len(elems) == 0 && (d.Elems == nil || other == nil) {
				list = append(list, Place{d.File, d.Line, false})
			}
		}
		return list
	}
	return only(c.New, c.Old), only(c.Old, c.New)
}

// elems returns the elements of all definitions.
func (o *Option) elems() (list []Elem) {
	if o == nil {
		return nil
	}
	for _, d := range o.Definitions {
		list = append(list, d.Elems...)
	}
	return list
}

// isList reports whether all definitions are lists.
func (o *Option) isList() bool {
	return o == nil || !slices.ContainsFunc(o.Definitions, func(d Definition) bool { return d.Elems == nil })
}

// Elems returns the elements that only the new definitions have, and that only the old ones have;
// nil for what are no lists.
func (c *OptionChange) Elems() (added, removed []Elem) {
	if !c.Old.isList() || !c.New.isList() {
		return nil, nil
	}
	return diffElems(c.Old.elems(), c.New.elems())
}

// diffElems returns the elements that only the second list has, and that only the first has.
func diffElems(before, after []Elem) (added, removed []Elem) {
	count := map[string]int{}
	for _, e := range before {
		count[e.Value]++
	}
	for _, e := range after {
		if count[e.Value]--; count[e.Value] < 0 {
			added = append(added, e)
		}
	}
	clear(count)
	for _, e := range after {
		count[e.Value]++
	}
	for _, e := range before {
		if count[e.Value]--; count[e.Value] < 0 {
			removed = append(removed, e)
		}
	}
	return added, removed
}
