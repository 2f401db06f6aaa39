package builtins

// This file defines the builtins about the contexts of strings.
// A context is a set of context elements, by number. The builtins here take it apart and
// put it together; all others only pass it on.
//
// A context element is a store path (true as path in the sets of getContext), a derivation
// with all its outputs and inputs (allOutputs), or an output of a derivation (outputs). None
// of the builtins asks the store: paths need its form only, and may be absent. appendContext
// takes sets of the form that getContext returns.
//
// getContext, hasContext and appendContext take strings alone; the others coerce, which
// copies a path to the store.

import (
	"strings"

	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// contextBuiltins returns the declarations of the builtins about string contexts, by name.
// dir is the store directory, which decides what a store path is.
func contextBuiltins(dir storepath.Dir) []core.Builtin {
	return []core.Builtin{
		{
			Name:  "addDrvOutputDependencies",
			Order: 1090,
			Args:  []string{"s"},
			Doc: `
The string s, whose context is one store path, that of a derivation: in the result it stands for the derivation with all
its outputs and inputs.

	builtins.addDrvOutputDependencies "a"
	=> error: context of string 'a' must have exactly one element, but has 0
`,
			Impl: addDrvOutputDependencies,
		},
		{
			Name:  "appendContext",
			Order: 1110,
			Args:  []string{"s", "context"},
			Doc: `
The string s with more context. In the set context, the names of the attributes are store paths, and the values are sets
as builtins.getContext returns them.

	builtins.hasContext (
	  builtins.appendContext "a" {
	    "/nix/store/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-x" = { path = true; };
	  }
	)
	=> true
`,
			Impl: func(c *core.Call) (heap.Value, error) { return appendContext(c, dir) },
		},
		{
			Name:  "getContext",
			Order: 1100,
			Args:  []string{"s"},
			Early: 1,
			Doc: `
What the string s refers to. There is an attribute for each store path, and its value is a set. It has path = true for the
path itself, allOutputs = true for a derivation with all its outputs and inputs, and outputs, a list of names, for outputs
of a derivation.

	builtins.getContext "a"
	=> { }
`,
			Impl: getContext,
		},
		{
			Name:  "hasContext",
			Order: 1070,
			Args:  []string{"s"},
			Early: 1,
			Doc: `
Does the string s refer to anything in the store?

	builtins.hasContext "a"
	=> false
`,
			Impl: hasContext,
		},
		{
			Name:  "unsafeDiscardOutputDependency",
			Order: 1080,
			Args:  []string{"s"},
			Doc: `
The string s. Where its context is a derivation with all its outputs and inputs, in the result it is only the path of the
derivation. This is the opposite of builtins.addDrvOutputDependencies.

	builtins.unsafeDiscardOutputDependency "a"
	=> "a"
`,
			Impl: unsafeDiscardOutputDependency,
		},
		{
			Name:  "unsafeDiscardStringContext",
			Order: 1060,
			Args:  []string{"s"},
			Early: 1,
			Doc: `
The string s without its context: what is made of it does not depend on the store paths in it.

	builtins.unsafeDiscardStringContext "a"
	=> "a"
`,
			Impl: unsafeDiscardStringContext,
		},
	}
}

// unsafeDiscardStringContext is builtins.unsafeDiscardStringContext. A string without a
// context is returned itself; another one is copied, since a context belongs to its string
// value. A path is copied to the store all the same.
func unsafeDiscardStringContext(c *core.Call) (heap.Value, error) {
	v, text, _, err := coerce(c, "while evaluating the argument passed to builtins.unsafeDiscardStringContext")
	if err != nil {
		return 0, err
	}
	if v != 0 && c.Heap().Context(v) == 0 {
		return v, nil
	}
	return newString(c, text, 0)
}

// coerce returns the text and context of argument 0, coerced to a string. The value is that of
// the argument if it is a string already, so that the caller can return it unchanged; else 0.
// words is the frame of an argument that cannot be coerced.
func coerce(c *core.Call, words string) (heap.Value, string, core.Context, error) {
	v, err := c.Arg(0).Value()
	if err != nil {
		return 0, "", 0, err
	}
	h := c.Heap()
	if h.KindOf(v) == heap.String {
		return v, h.Text(v), core.Context(h.Context(v)), nil
	}
	text, ctx, err := c.Need(heap.Lazy(v), words).Coerce(core.CopyToStore | core.Canonicalize)
	return 0, text, ctx, err
}

// hasContext is builtins.hasContext, which takes strings alone: a set with outPath is an
// error, though its string would have a context.
func hasContext(c *core.Call) (heap.Value, error) {
	_, ctx, err := c.Arg(0).String()
	return heap.NewBool(ctx != 0), err
}

// unsafeDiscardOutputDependency is builtins.unsafeDiscardOutputDependency: deep derivations
// of the context become plain paths of their .drv files. Other elements stay, also outputs,
// in spite of the name. A string without deep derivations is returned itself.
func unsafeDiscardOutputDependency(c *core.Call) (heap.Value, error) {
	v, text, ctx, err := coerce(c, "while evaluating the argument passed to builtins.unsafeDiscardOutputDependency")
	if err != nil {
		return 0, err
	}
	elems := c.Elems(ctx) // a copy, which can be written to
	changed := false
	for i, e := range elems {
		if e.Kind == core.ContextDeep {
			elems[i].Kind = core.ContextPath
			changed = true
		}
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
	}
	if v != 0 && !changed {
		return v, nil
	}
	return newString(c, text, c.Context(elems...))
}

// addDrvOutputDependencies is builtins.addDrvOutputDependencies, the way back of
// unsafeDiscardOutputDependency. The context has to be one derivation, plain or deep: an
// output, a path that is no .drv file, and several elements are errors, as in the reference.
func addDrvOutputDependencies(c *core.Call) (heap.Value, error) {
	_, text, ctx, err := coerce(c, "while evaluating the argument passed to builtins.addDrvOutputDependencies")
	if err != nil {
		return 0, err
	}
	elems := c.Elems(ctx)
	if len(elems) != 1 {
		return 0, c.Errorf(core.CodeStringContext, "context of string '%s' must have exactly one element, but has %d", shown(text), len(elems))
	}
	switch e := &elems[0]; { // elems is a copy, which can be written to
	case e.Kind == core.ContextOutput:
		return 0, c.Errorf(core.CodeStorePath,
			"`addDrvOutputDependencies` can only act on derivations, not on a derivation output such as '%s'", e.Output)
	case e.Kind == core.ContextPath && !isDrvPath(e.Path):
		return 0, c.Errorf(core.CodeStorePath, "path '%s' is not a derivation", e.Path)
	default:
		e.Kind = core.ContextDeep
	}
	return newString(c, text, c.Context(elems...))
}

// isDrvPath reports whether path is that of a .drv file. The name decides; no file is read.
func isDrvPath(path string) bool { return strings.HasSuffix(path, storepath.DrvExtension) }

// getContext is builtins.getContext: an attribute for each store path, with a flag for each
// kind of context element and the list of outputs, sorted by name. Flags that would be false
// are absent. The paths are interned sorted, since the order of new symbols can be observed.
func getContext(c *core.Call) (heap.Value, error) {
	_, ctx, err := c.Arg(0).String()
	if err != nil {
		return 0, err
	}
	if ctx == 0 {
		return heap.EmptyAttrs, nil
	}
	// An info has the context elements of one store path.
	type info struct {
		path, deep bool        // there is such an element
		outputs    []heap.Lazy // names, as strings, in the order of the elements
	}
	h := c.Heap()
	infos := map[string]*info{}
	var paths []string // in the order in which they are first met
	for _, e := range c.Elems(ctx) {
		if err := c.Tick(1); err != nil {
			return 0, err
		}
		in := infos[e.Path]
		if in == nil {
			in = &info{}
			infos[e.Path] = in
			paths = append(paths, e.Path)
		}
		switch e.Kind {
		case core.ContextPath:
			in.path = true
		case core.ContextDeep:
			in.deep = true
		case core.ContextOutput:
			in.outputs = append(in.outputs, heap.Lazy(h.NewString(e.Output, 0)))
		}
	}
	path, allOutputs, outputs := c.Intern("path"), c.Intern("allOutputs"), c.Intern("outputs")
	if err := budget.Sort(c, paths); err != nil {
		return 0, err
	}
	entries := make([]heap.Entry, 0, len(paths))
	for _, p := range paths {
		if err := c.Tick(1); err != nil {
			return 0, err
		}
		in := infos[p]
		var parts []heap.Entry
		if in.path {
			parts = append(parts, heap.Entry{Name: path, Value: heap.Lazy(heap.True)})
		}
		if in.deep {
			parts = append(parts, heap.Entry{Name: allOutputs, Value: heap.Lazy(heap.True)})
		}
		if len(in.outputs) > 0 {
			list, err := listOf(c, in.outputs)
			if err != nil {
				return 0, err
			}
			parts = append(parts, heap.Entry{Name: outputs, Value: heap.Lazy(list)})
		}
		entries = append(entries, heap.Entry{Name: c.Intern(p), Value: heap.Lazy(h.AttrsOf(parts))})
	}
	return h.AttrsOf(entries), nil
}

// appendContext is builtins.appendContext. The paths in the set need not exist in the store,
// only have its form. The string is forced before the set, and the attributes of the set in
// the order of symbols. Elements that the string has already do no harm. An empty set for a
// path adds nothing, but its path is checked.
func appendContext(c *core.Call, dir storepath.Dir) (heap.Value, error) {
	text, ctx, err := c.Arg(0).Words("while evaluating the first argument passed to builtins.appendContext").String()
	if err != nil {
		return 0, err
	}
	set, err := c.Arg(1).Attrs()
	if err != nil {
		return 0, err
	}
	elems := c.Elems(ctx)
	for i, e := range c.Heap().All(set) {
		if err := budget.Step(c, i); err != nil {
			return 0, err
		}
		more, err := contextOf(c, dir, set, e.Name)
		if err != nil {
			return 0, err
		}
		elems = append(elems, more...)
	}
	return newString(c, text, c.Context(elems...))
}

// maxOutput is the length in bytes that the name of an output in a context may have. Contexts
// are kept in a table outside of the heap, so no name may be of unlimited length. The
// reference has no such limit.
const maxOutput = 1 << 16

// contextOf returns the context elements of the attribute name of set, whose name is a store
// path. Of its value, the attributes path, allOutputs and outputs are forced, in this order,
// and all others ignored. Errors have the position of the attribute that is wrong.
func contextOf(c *core.Call, dir storepath.Dir, set heap.Value, name lang.Symbol) ([]core.ContextElem, error) {
	h := c.Heap()
	path := c.Name(name)
	pos := c.AttrPos(set, name)
	if _, err := dir.Parse(path); err != nil {
		return nil, c.ErrorfAt(core.CodeStringContext, pos, "context key '%s' is not a store path", c.AttrName(path))
	}
	info, err := c.ForceSlot(h.Find(set, name))
	if err != nil {
		return nil, err
	}
	if !h.KindOf(info).IsAttrs() {
		return nil, c.FrameAt(typeError(c, "a set", info), pos, "while evaluating the value of a string context")
	}
	var elems []core.ContextElem
	// flag returns a Boolean of the set; false if it is not there.
	flag := func(name, words string) (bool, error) {
		sym := c.Intern(name)
		l := h.Get(info, sym)
		if l == 0 {
			return false, nil
		}
		return c.Need(l, words).At(c.AttrPos(info, sym)).Bool()
	}
	if on, err := flag("path", "while evaluating the `path` attribute of a string context"); err != nil {
		return nil, err
	} else if on {
		elems = append(elems, core.ContextElem{Kind: core.ContextPath, Path: path})
	}
	if on, err := flag("allOutputs", "while evaluating the `allOutputs` attribute of a string context"); err != nil {
		return nil, err
	} else if on {
		if !isDrvPath(path) {
			return nil, c.ErrorfAt(core.CodeStorePath, pos,
				"tried to add all-outputs context of %s, which is not a derivation, to a string", c.AttrName(path))
		}
		elems = append(elems, core.ContextElem{Kind: core.ContextDeep, Path: path})
	}
	sym := c.Intern("outputs")
	slot := h.Find(info, sym)
	if slot == 0 {
		return elems, nil
	}
	at := c.AttrPos(info, sym)
	outputs, err := c.ForceSlot(slot)
	if err != nil {
		return nil, err
	}
	if h.KindOf(outputs) != heap.List {
		return nil, c.FrameAt(typeError(c, "a list", outputs), at,
			"while evaluating the `outputs` attribute of a string context")
	}
	// An empty list is allowed for any path, as in the reference.
	if h.Len(outputs) > 0 && !isDrvPath(path) {
		return nil, c.ErrorfAt(core.CodeStorePath, pos,
			"tried to add derivation output context of %s, which is not a derivation, to a string", c.AttrName(path))
	}
	for i, x := range h.Elems(outputs) {
		if err := budget.Step(c, i); err != nil {
			return nil, err
		}
		output, err := c.Need(x, "while evaluating an output name within a string context").At(at).PlainString()
		if err == nil && len(output) > maxOutput {
			err = c.ErrorfAt(core.CodeStringContext, at, "the output name '%s…' within a string context is too long", output[:100])
		}
		if err != nil {
			return nil, err
		}
		elems = append(elems, core.ContextElem{Kind: core.ContextOutput, Path: path, Output: output})
	}
	return elems, nil
}
