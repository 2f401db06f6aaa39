package builtins

// This file defines what is made of derivations that are in the store: the set that import
// returns, and references to outputs, also to outputs of derivations that are outputs
// themselves (the experimental feature dynamic-derivations).

import (
	"strings"

	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// value returns the derivation at path as import has it: a set as builtins.derivation
// returns, without the attributes that the .drv file does not record. There is one set for
// each output, and each has all of them, so the sets refer to each other.
//
// The outputs are sorted in the file, so the result is the set of the first by name, which
// need not be out: eval-okay-import-derivation-memory-store in corpus/builtins. The name is
// that of the variable name, not of the path. An output with the name of another attribute,
// such as type, does not replace that.
//
// Quirk: a derivation without outputs has the error of head [ ], since the reference makes
// this set by a text in Nix.
func (ds derivations) value(c *core.Call, path string) (heap.Value, error) {
	d, err := ds.st.Derivation(c.Ctx(), c, path)
	if err != nil {
		return 0, err
	}
	drvPath, err := c.NewString(path, c.Context(core.ContextElem{Kind: core.ContextDeep, Path: path}))
	if err != nil {
		return 0, err
	}
	h := c.Heap()
	name, _ := d.LookupEnv("name")
	n := len(d.Outputs)
	if n == 0 {
		return 0, c.Errorf(core.CodeInvalidDerivation, "list is empty")
	}
	// The size is quadratic: n sets of n outputs and 6 other attributes.
	if err := checkLarge(c, n*(n+6), 1); err != nil {
		return 0, err
	}
	outPath, outputName := c.Intern("outPath"), c.Intern("outputName")
	all := h.NewList(n)
	attrs := map[lang.Symbol]heap.Value{} // but for the outputs; null where each set has its own
	text, err := plainText(c, name)
	if err != nil {
		return 0, err
	}
	attrs[c.Intern("all")] = all
	attrs[c.Intern("drvPath")] = drvPath
	attrs[c.Intern("name")] = heap.Value(text)
	attrs[c.Intern("type")] = h.NewString("derivation", 0)
	attrs[outPath] = heap.NullValue
	attrs[outputName] = heap.NullValue
	outputs := map[lang.Symbol]int{} // by name: index in d.Outputs
	names := make([]heap.Entry, 0, n+len(attrs))
	for i := range d.Outputs {
		sym := c.Intern(d.Outputs[i].Name)
		if _, ok := attrs[sym]; !ok {
			names = append(names, heap.Entry{Name: sym})
			outputs[sym] = i
		}
		if err := c.Tick(1); err != nil {
			return 0, err
		}
	}
	for sym, v := range attrs {
		names = append(names, heap.Entry{Name: sym, Value: heap.Lazy(v)})
	}
	names = h.SortEntries(names)
	// Sets are made first and filled later, since each needs the others.
	values := make([]heap.Value, n)
	sets := make([][]heap.Entry, n)
	for i := range d.Outputs {
		values[i], sets[i] = h.NewAttrs(len(names), 0)
		h.Elems(all)[i] = heap.Lazy(values[i])
	}
	for i := range d.Outputs {
		text, err := ds.output(c, path, &d.Outputs[i])
		if err != nil {
			return 0, err
		}
		for k, e := range names {
			switch e.Name {
			case outPath:
				e.Value = heap.Lazy(text)
			case outputName:
				e.Value = heap.Lazy(h.NewString(d.Outputs[i].Name, 0))
			default:
				if e.Value == 0 {
					e.Value = heap.Lazy(values[outputs[e.Name]])
				}
			}
			sets[i][k] = e
			if err := budget.Step(c, k); err != nil {
				return 0, err
			}
		}
		if err := c.Tick(1); err != nil {
			return 0, err
		}
	}
	return values[0], nil
}

// outputOf is builtins.outputOf: the string that stands for an output of the derivation
// that the first argument refers to: a .drv path, or an output of a derivation that is to be
// a derivation itself, built or not (eval-okay-outputOf-memory-store in corpus/builtins).
//
// The context of the first argument must be one element and agree with the text. The deep
// reference that drvPath has is refused (eval-fail-outputOf-deep);
// unsafeDiscardOutputDependency makes one that will do. All of that is checked before the
// second argument is forced.
func (ds derivations) outputOf(c *core.Call) (heap.Value, error) {
	const words = "while evaluating the first argument to builtins.outputOf"
	text, ctx, err := c.Arg(0).Words(words).String()
	if err != nil {
		return 0, err
	}
	text = strings.Clone(shown(text)) // errors show it, and it outlives what is forced later
	bad := func(format string, args ...any) (heap.Value, error) {
		return 0, c.Frame(c.Errorf(core.CodeInvalidDerivation, format, args...), words)
	}
	elems := c.Elems(ctx)
	if len(elems) != 1 {
		return bad("string '%s' has %d entries in its context. It should only have exactly one entry", text, len(elems))
	}
	e := elems[0]
	switch e.Kind {
	case core.ContextDeep:
		return bad("string '%s' has a context which refers to a complete source and binary closure. This is not supported at this time", text)
	case core.ContextPath:
		if text != e.Path {
			return bad("path string '%s' has context with the different path '%s'", text, e.Path)
		}
	case core.ContextOutput:
		want, err := ds.reference(c, e.Path, e.Output)
		if err != nil {
			return 0, err
		}
		if text != want {
			output, _, _ := strings.Cut(e.Output, "!")
			of := e.Path
			if _, via := splitOutput(e.Output); len(via) > 0 {
				of += "^" + strings.Join(via, "^")
			}
			return bad("string '%s' has context with the output '%s' from derivation '%s', but the string is not the right placeholder for this derivation output. It should be '%s'", text, output, of, want)
		}
	}
	name, err := c.Arg(1).Words("while evaluating the second argument to builtins.outputOf").PlainString()
	if err != nil {
		return 0, err
	}
	// A context element names the last output first: see splitOutput.
	output := strings.Clone(shown(name))
	if e.Kind == core.ContextOutput {
		output += "!" + e.Output
	}
	want, err := ds.reference(c, e.Path, output)
	if err != nil {
		return 0, err
	}
	return c.NewString(want, c.Context(core.ContextElem{Kind: core.ContextOutput, Path: e.Path, Output: output}))
}

// reference returns the text that stands for an output of the derivation at path: its output
// path or a placeholder. output is as in a context element, with outputs of outputs
// separated by "!".
//
// With an output of that derivation itself, the derivation is read, and must have it. Behind
// that nothing is known yet: the placeholder of each output is computed from the one before,
// and whether it will exist is found when it is built.
func (ds derivations) reference(c *core.Call, path, output string) (string, error) {
	output, via := splitOutput(output)
	if len(via) == 0 {
		d, err := ds.st.Derivation(c.Ctx(), c, path)
		if err != nil {
			return "", err
		}
		o := d.Output(output)
		if o == nil {
			return "", c.Errorf(core.CodeInvalidDerivation, "derivation '%s' does not have output '%s'", path, output)
		}
		return ds.outputText(path, o)
	}
	p, err := ds.st.Paths().Parse(path)
	if err != nil {
		return "", err
	}
	placeholder, err := storepath.UnknownOutput(p, via[0])
	if err != nil {
		return "", err
	}
	for _, name := range append(via[1:], output) {
		placeholder = placeholder.Output(name)
	}
	return placeholder.Text(), nil
}

// maxVia is the largest number of derivations on the way to an output. The limit is firn's
// own: package drv nests one level for each.
const maxVia = 500

// splitOutput returns the output that a context element means, and the way from its path to
// the derivation that has it. A context element is read from the right: of "a!b!c", c is an
// output of the derivation at the path, b one of the derivation that c is, and a is meant;
// via is then c, b. For an output of the derivation at the path itself, via is empty.
func splitOutput(s string) (output string, via []string) {
	output, rest, nested := strings.Cut(s, "!")
	if !nested {
		return s, nil
	}
	via = strings.Split(rest, "!")
	for i, j := 0, len(via)-1; i < j; i, j = i+1, j-1 {
		via[i], via[j] = via[j], via[i]
	}
	return output, via
}
