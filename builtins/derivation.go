package builtins

// This file defines derivation, derivationStrict and outputOf as builtins, and the strings
// that stand for a derivation and its outputs. Reading the attributes of a derivation is in
// recipe.go, what is made of one that is in the store in derivationset.go.
//
// The string of a .drv path refers to the derivation deeply, with all outputs; the string
// of an output path refers to that one output. Where an output path cannot be known before
// the output is built, a placeholder stands for it: a hash behind a slash, which is no
// store path and is replaced when a derivation that uses it is built.

import (
	_ "embed"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

//go:embed derivation.nix
var derivationSource string

// derivationBuiltins returns the declarations of the builtins that make derivations, by
// name. derivation is written in Nix (derivation.nix), on top of derivationStrict.
func derivationBuiltins(st *store.View) []core.Builtin {
	d := derivations{st}
	return []core.Builtin{
		{
			Name:   "derivation",
			Order:  1230,
			Global: "derivation",
			Doc: `
A function that makes a derivation from a set: its attributes are what the builder of the
derivation finds in its environment, and name, system and builder must be among them. The
result is the set with drvPath and outPath in addition, which are computed when they are
needed.

	(derivation { name = "hello"; system = "x86_64-linux"; builder = "/bin/sh"; }).outPath
	=> "/nix/store/pnwh4xsfs4j508bs9iw6bpkyc4zw6ryx-hello"
`,
			Source: derivationSource,
		},
		{
			Name:   "derivationStrict",
			Order:  370,
			Global: "derivationStrict",
			Args:   []string{"attrs"},
			Doc: `
Makes a derivation at once. The result has the path of the derivation and that of each of
its outputs; attrs is as for builtins.derivation.

	builtins.derivationStrict { name = "hello"; system = "x86_64-linux"; builder = "/bin/sh"; }
	=> { drvPath = "/nix/store/x0sj6ynccvc1a8kxr8fifnlf7qlxw6hd-hello.drv"; out = "/nix/store/pnwh4xsfs4j508bs9iw6bpkyc4zw6ryx-hello"; }
`,
			About: derivationName,
			Impl:  d.strict,
		},
		{
			Name:         "outputOf",
			Order:        490,
			Args:         []string{"derivation-reference", "output-name"},
			Experimental: "dynamic-derivations",
			Doc: `
A string that stands for the output output-name of the derivation that derivation-reference
refers to. That can be the output of another derivation, which is not built yet.

	builtins.outputOf "/etc/passwd" "out"
	=> error: string '/etc/passwd' has 0 entries in its context. It should only have exactly one entry
`,
			Impl: d.outputOf,
		},
	}
}

// derivations are the builtins that make derivations, with the store that keeps them.
type derivations struct{ st *store.View }

// derivationName returns the name of the derivation that c makes, for profiles; "" if there
// is none or it cannot be evaluated. Errors are left to the call itself, which forces the
// name first as well.
func derivationName(c *core.Call) string {
	attrs, err := c.Arg(0).Attrs()
	if err != nil {
		return ""
	}
	var name string
	if l := c.Heap().Get(attrs, c.Lookup("name")); l != 0 {
		name, _ = c.Need(l, "").PlainString()
	}
	return name
}

// strict is builtins.derivationStrict. The name is forced first, since the frame of every
// later error shows the name and where its attribute is: eval-fail-derivationStrict-nested
// in corpus/builtins. A name may not refer to a store path (-name-context).
func (ds derivations) strict(c *core.Call) (heap.Value, error) {
	attrs, err := c.Arg(0).Attrs()
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	sym := c.Lookup("name")
	at := heap.Slot(0)
	if sym != 0 {
		at = h.Find(attrs, sym)
	}
	if at == 0 {
		return 0, c.Frame(c.Errorf(core.CodeInvalidDerivation, "attribute '%s' missing", core.Name("name")), "in the attrset passed as argument to builtins.derivationStrict")
	}
	name, err := c.Need(h.Load(at), "while evaluating the `name` attribute passed to builtins.derivationStrict").PlainString()
	if err != nil {
		return 0, c.FrameAt(err, c.AttrPos(attrs, sym), "while evaluating the derivation attribute 'name'")
	}
	name = shown(name)
	v, err := ds.make(c, name, attrs)
	if err != nil {
		return 0, c.Frame(err, "while evaluating derivation '%s'\n  whose name attribute is located at %s",
			strings.Clone(name), c.Locate(c.AttrPos(attrs, sym)))
	}
	return v, nil
}

// result returns the set that derivationStrict returns: drvPath, the path of the .drv file,
// and one attribute for each output. No output is named drvPath; addOutputs saw to that.
func (ds derivations) result(c *core.Call, path string, d *drv.Derivation) (heap.Value, error) {
	var buf [8]heap.Entry // most derivations have fewer outputs, and need no memory for this
	entries := buf[:0]
	v, err := c.NewString(path, c.Context(core.ContextElem{Kind: core.ContextDeep, Path: path}))
	if err != nil {
		return 0, err
	}
	entries = append(entries, heap.Entry{Name: c.Intern("drvPath"), Value: heap.Lazy(v)})
	for i := range d.Outputs {
		o := &d.Outputs[i]
		v, err := ds.output(c, path, o)
		if err == nil {
			err = c.Tick(1)
		}
		if err != nil {
			return 0, err
		}
		entries = append(entries, heap.Entry{Name: c.Intern(o.Name), Value: heap.Lazy(v)})
	}
	return c.Heap().AttrsOf(entries), nil
}

// output returns the string that stands for output o of the derivation at path, with that
// output as its context.
func (ds derivations) output(c *core.Call, path string, o *drv.Output) (heap.Value, error) {
	text, err := ds.outputText(path, o)
	if err != nil {
		return 0, err
	}
	return c.NewString(text, c.Context(core.ContextElem{Kind: core.ContextOutput, Path: path, Output: o.Name}))
}

// outputText returns the path of output o of the derivation at path, or its placeholder if
// the path depends on contents that are not known yet
// (eval-okay-derivationStrict-contentAddressed in corpus/builtins).
func (ds derivations) outputText(path string, o *drv.Output) (string, error) {
	if o.Path != "" {
		return o.Path, nil
	}
	p, err := ds.st.Paths().Parse(path)
	if err != nil {
		return "", err
	}
	placeholder, err := storepath.UnknownOutput(p, o.Name)
	if err != nil {
		return "", err
	}
	return placeholder.Text(), nil
}

// findAttr returns the place of an attribute, or 0 if there is none. A name that no symbol
// has yet cannot be an attribute's, and does not become a symbol.
func findAttr(c *core.Call, attrs heap.Value, name string) heap.Slot {
	if sym := c.Lookup(name); sym != 0 {
		return c.Heap().Find(attrs, sym)
	}
	return 0
}
