package manifest

// This file defines Manifest, and how it is read.

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/lock"
	"github.com/firn-lang/firn/eval/datatext"
	"github.com/firn-lang/firn/lang"
)

// A Manifest is the literal part of a flake.nix.
type Manifest struct {
	Description string
	// Inputs are those of the attribute inputs but for self, and the further arguments that
	// outputs names.
	Inputs  lock.Inputs
	Implied []string       // names of Inputs that are arguments of outputs alone
	Self    flakeref.Attrs // of inputs.self
	Config  []Setting      // of nixConfig, in the order of the file's symbols
}

// A Setting is an attribute of nixConfig.
type Setting struct {
	Name string
	// Value is a string, an int64, a bool, a []string or a Path.
	Value any
}

// A Path is a path in a Setting: a file or folder beside flake.nix, in the tree.
type Path string

// An Error says what is wrong with a flake.nix.
type Error struct {
	Msg    string
	At     lang.Pos // the place that Msg names; 0 if it names none
	Frames []Frame  // what was being looked at, innermost first
}

// A Frame is a step on the way to an error.
type Frame struct {
	Pos lang.Pos // 0 if it has none
	Msg string
}

func (e *Error) Error() string { return e.Msg }

// ErrorCode returns the code that evaluators give the error.
func (e *Error) ErrorCode() string { return "invalid-flake" }

// Options say what the flake.nix is part of.
type Options struct {
	URL    string                   // of the flake, for messages
	Dir    string                   // of flake.nix in its tree, clean; "" for the tree itself
	Name   func(lang.Symbol) string // of the symbols of the tree
	Parser *flakeref.Parser
}

// Read returns what a flake.nix says. The tree must be resolved. Errors are of type *Error,
// unless references or their parts are wrong, and then have one around them.
func Read(tree *lang.Tree, opt Options) (m *Manifest, err error) {
	r := &reader{file: tree.File, name: opt.Name, opt: opt}
	set, ok := tree.Root.(*lang.Attrs)
	if !ok {
		return nil, &Error{
			Msg:    fmt.Sprintf("file '%s' must be an attribute set", tree.File.Name),
			Frames: []Frame{{Msg: fmt.Sprintf("while evaluating the file '%s':", tree.File.Name)}},
		}
	}
	if len(set.Dynamic) > 0 {
		return nil, r.errorf("the name of an attribute of a flake is computed, at %s", r.at(set.Dynamic[0].Pos))
	}
	m = &Manifest{}
	defer func() {
		// Reading goes deep for little; its failures come up at once.
		switch x := recover().(type) {
		case nil:
		case failure:
			m, err = nil, x.err
		default:
			panic(x)
		}
	}()
	r.manifest(set, m)
	return m, nil
}

// A failure is what a reader panics with.
type failure struct{ err error }

// A reader is on its way through one file.
type reader struct {
	file  *lang.File
	name  func(lang.Symbol) string
	opt   Options
	depth int      // of overrides in overrides
	named lang.Pos // the place that at returned last
}

// maxDepth is how deep overrides may be nested.
const maxDepth = 100

func (r *reader) errorf(format string, args ...any) error {
	return &Error{Msg: fmt.Sprintf(format, args...), At: r.named}
}

// fail ends reading with an error.
func (r *reader) fail(format string, args ...any) { panic(failure{r.errorf(format, args...)}) }

// at returns a position as the message of the error has it that is made next.
func (r *reader) at(pos lang.Pos) string {
	r.named = pos
	return r.file.Position(pos).String()
}

// within calls fn, and adds a frame to the error that it ends with, if any.
func (r *reader) within(pos lang.Pos, msg string, fn func()) {
	defer func() {
		switch x := recover().(type) {
		case nil:
		case failure:
			e, ok := x.err.(*Error)
			if !ok {
				e = &Error{Msg: x.err.Error()}
			}
			e.Frames = append(e.Frames, Frame{pos, msg})
			panic(failure{e})
		default:
			panic(x)
		}
	}()
	fn()
}

// expect fails unless l has the type.
func (r *reader) expect(want string, l literal, pos lang.Pos) {
	if got := l.typeName(); got != want {
		r.fail("expected %s but got %s at %s", want, got, r.at(pos))
	}
}

// An entry is an attribute of a set.
type entry struct {
	name  string
	pos   lang.Pos
	value literal
}

// entries returns the attributes of l, which is a set, in the order of their symbols.
func (r *reader) entries(l literal) []entry {
	set := l.x.(*lang.Attrs)
	all := make([]entry, len(set.List))
	for i := range set.List {
		a := &set.List[i]
		all[i] = entry{r.name(a.Name), a.Pos, r.attr(set, i, l.parents)}
	}
	return all
}

// manifest reads the set of the whole file.
func (r *reader) manifest(set *lang.Attrs, m *Manifest) {
	all := r.entries(literal{x: set, parents: []lang.Expr{set}})
	find := func(name string) *entry {
		for i := range all {
			if all[i].name == name {
				return &all[i]
			}
		}
		return nil
	}
	if e := find("description"); e != nil {
		r.expect("a string", e.value, e.pos)
		m.Description = e.value.x.(*lang.String).Value
	}
	m.Inputs, m.Self = lock.Inputs{}, flakeref.Attrs{}
	if e := find("inputs"); e != nil {
		r.inputs(e, m.Inputs, m.Self)
	}
	e := find("outputs")
	if e == nil {
		r.fail("flake '%s' lacks attribute 'outputs'", r.opt.URL)
	}
	r.expect("a function", e.value, e.pos)
	if fn, ok := e.value.x.(*lang.Lambda); ok && fn.Formals != nil {
		for _, f := range fn.Formals.List {
			name := r.name(f.Name)
			if _, ok := m.Inputs[name]; ok || name == "self" {
				continue
			}
			ref, err := r.opt.Parser.Parse(name)
			if err != nil {
				panic(failure{err})
			}
			m.Inputs[name] = lock.Input{Ref: ref}
			m.Implied = append(m.Implied, name)
		}
	}
	if e := find("nixConfig"); e != nil {
		r.expect("a set", e.value, e.pos)
		for _, s := range r.entries(e.value) {
			m.Config = append(m.Config, Setting{s.name, r.setting(s)})
		}
	}
	for _, e := range all {
		switch e.name {
		case "description", "inputs", "outputs", "nixConfig":
		default:
			r.fail("flake '%s' has an unsupported attribute '%s', at %s", r.opt.URL, e.name, r.at(e.pos))
		}
	}
}

// inputs reads a set of inputs into all, and the attributes of self into self, which is nil
// where that is no input.
func (r *reader) inputs(e *entry, all lock.Inputs, self flakeref.Attrs) {
	r.expect("a set", e.value, e.pos)
	if r.depth++; r.depth > maxDepth {
		r.fail("overrides of inputs are nested too deeply, at %s", r.at(e.pos))
	}
	defer func() { r.depth-- }()
	for _, in := range r.entries(e.value) {
		if in.name != "self" {
			all[in.name] = r.input(in)
			continue
		}
		if self == nil {
			r.fail("'self' input attribute not allowed at %s", r.at(in.pos))
		}
		r.expect("a set", in.value, in.pos)
		for _, a := range r.entries(in.value) {
			r.inputAttr(a, self)
		}
	}
}

// input reads an input.
func (r *reader) input(e entry) lock.Input {
	r.expect("a set", e.value, e.pos)
	var in lock.Input
	attrs := flakeref.Attrs{}
	for _, a := range r.entries(e.value) {
		r.within(a.pos, fmt.Sprintf("while evaluating flake attribute '%s'", a.name), func() {
			switch a.name {
			case "url":
				attrs["url"] = r.url(a)
			case "flake":
				r.expect("a Boolean", a.value, a.pos)
				in.IsTree = a.value.word == "false"
			case "inputs":
				in.Overrides = lock.Inputs{}
				r.inputs(&a, in.Overrides, nil)
			case "follows":
				r.expect("a string", a.value, a.pos)
				p, err := lock.ParsePath(a.value.x.(*lang.String).Value)
				if err != nil {
					r.fail("%s", err)
				}
				in.Follows = append(lock.Path{}, p...)
			default:
				r.inputAttr(a, attrs)
			}
		})
	}
	if _, ok := attrs["type"]; ok {
		r.within(e.pos, "while evaluating flake input", func() {
			ref, err := r.opt.Parser.FromAttrs(attrs, true)
			if err != nil {
				panic(failure{err})
			}
			in.Ref = ref
		})
	} else {
		url, hasURL := attrs["url"].(string)
		delete(attrs, "url")
		for _, name := range sortedNames(attrs) {
			r.fail("unexpected flake input attribute '%s', at %s", name, r.at(e.pos))
		}
		if hasURL {
			ref, err := r.opt.Parser.ParseInput(url, !in.IsTree)
			if err != nil {
				panic(failure{err})
			}
			in.Ref = ref
		}
	}
	if in.Ref != nil && in.Follows != nil {
		r.fail("flake input has both a flake reference and a follows attribute, at %s", r.at(e.pos))
	}
	return in
}

// url returns the attribute url of an input. A path literal is relative to flake.nix.
func (r *reader) url(a entry) string {
	switch x := a.value.x.(type) {
	case *lang.String:
		return x.Value
	case *lang.Path:
		if strings.HasPrefix(x.Text, "/") || strings.HasPrefix(x.Text, "~") {
			r.fail("input attribute path '%s' at %s must be in the same source tree as '%s'", x.Text, r.at(a.pos), path.Dir(r.file.Name))
		}
		return "path:" + path.Clean(x.Text)
	}
	r.fail("expected a string or a path but got %s at %s", a.value.typeName(), r.at(a.pos))
	return ""
}

// inputAttr reads an attribute of a reference.
func (r *reader) inputAttr(a entry, attrs flakeref.Attrs) {
	l := a.value.asThunk()
	switch x := l.x.(type) {
	case *lang.String:
		attrs[a.name] = x.Value
		return
	case *lang.Int:
		attrs[a.name] = uint64(x.Value)
		return
	case nil:
		if l.word == "true" || l.word == "false" {
			attrs[a.name] = l.word == "true"
			return
		}
	}
	if a.name == "publicKeys" {
		if r.opt.Parser.Require != nil {
			if err := r.opt.Parser.Require("verified-fetches"); err != nil {
				panic(failure{err})
			}
		}
		attrs[a.name] = string(r.json(nil, a.value, a.pos))
		return
	}
	r.fail("flake input attribute '%s' is %s while a string, Boolean, or integer is expected", a.name, l.typeName())
}

// json appends l as JSON: keys are a list of sets of strings.
func (r *reader) json(dst []byte, l literal, pos lang.Pos) []byte {
	if l.thunk {
		r.fail("expected strings but got a thunk at %s", r.at(pos))
	}
	switch x := l.x.(type) {
	case *lang.String:
		out, err := datatext.AppendJSONString(dst, x.Value)
		if err != nil {
			r.fail("%s", err)
		}
		return out
	case *lang.List:
		dst = append(dst, '[')
		for i, elem := range x.Elems {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = r.json(dst, r.literal(elem, l.parents, nil, 0), pos)
		}
		return append(dst, ']')
	case *lang.Attrs:
		values := map[string]literal{}
		for _, e := range r.entries(l) {
			values[e.name] = e.value
		}
		dst = append(dst, '{')
		for i, name := range sortedNames(values) {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(r.json(dst, literal{x: &lang.String{Value: name}}, pos), ':')
			dst = r.json(dst, values[name], pos)
		}
		return append(dst, '}')
	}
	r.fail("expected strings but got %s at %s", l.typeName(), r.at(pos))
	return nil
}

// setting returns the value of an attribute of nixConfig.
//
// Quirk: the message about an element that is no string names the type of the list.
func (r *reader) setting(s entry) any {
	switch x := s.value.x.(type) {
	case nil:
		if s.value.word == "true" || s.value.word == "false" {
			return s.value.word == "true"
		}
	case *lang.String:
		return x.Value
	case *lang.Int:
		return x.Value
	case *lang.Path:
		return Path(lang.ResolvePath(x.Text, "/"+r.opt.Dir, ""))
	case *lang.List:
		list := make([]string, len(x.Elems))
		for i, elem := range x.Elems {
			text, ok := r.literal(elem, s.value.parents, nil, 0).x.(*lang.String)
			if !ok {
				r.fail("list element in flake configuration setting '%s' is a list while a string is expected", s.name)
			}
			list[i] = text.Value
		}
		return list
	}
	r.fail("flake configuration setting '%s' is %s", s.name, s.value.typeName())
	return nil
}

func sortedNames[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
