package builtins

// This file defines derivations: derivationStrict, which makes them, derivation
// on top of it, and outputOf.

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"github.com/firn-lang/firn/builtins/drv"
	"github.com/firn-lang/firn/builtins/jsontext"
	"github.com/firn-lang/firn/builtins/nixhash"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/storepath"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/heap"
)

//go:embed derivation.nix
var derivationSource string

func derivationBuiltins(st *store.Store) []core.Builtin {
	d := derivations{st}
	return []core.Builtin{
		{
			Name:   "derivation",
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
			Global: "derivationStrict",
			Args:   []string{"attrs"},
			Doc: `
Makes a derivation at once. The result has the path of the derivation and that of each of
its outputs; attrs is as for builtins.derivation.

	builtins.derivationStrict { name = "hello"; system = "x86_64-linux"; builder = "/bin/sh"; }
	=> { drvPath = "/nix/store/x0sj6ynccvc1a8kxr8fifnlf7qlxw6hd-hello.drv"; out = "/nix/store/pnwh4xsfs4j508bs9iw6bpkyc4zw6ryx-hello"; }
`,
			Impl: d.strict,
		},
		{
			Name:         "outputOf",
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

// derivations are the builtins that make derivations.
type derivations struct{ st *store.Store }

func (ds derivations) strict(c *core.Call) (heap.Value, error) {
	attrs, err := c.Attrs(0)
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
		return 0, c.Frame(c.Errorf(core.ErrType, "attribute 'name' missing"), "in the attrset passed as argument to builtins.derivationStrict")
	}
	name, err := c.ForcePlainString(h.Load(at), "while evaluating the `name` attribute passed to builtins.derivationStrict")
	if err != nil {
		return 0, c.FrameAt(err, c.AttrPos(attrs, sym), "while evaluating the derivation attribute 'name'")
	}
	v, err := ds.make(c, name, attrs)
	if err != nil {
		return 0, c.Frame(err, "while evaluating derivation '%s'\n  whose name attribute is located at %s",
			strings.Clone(name), c.PosString(c.AttrPos(attrs, sym)))
	}
	return v, nil
}

// A recipe is a derivation while its attributes are read.
type recipe struct {
	c     *core.Call
	d     *drv.Derivation
	store store.Session

	contexts []core.Context // of the strings in it, with repetitions
	json     *jsonWriter    // of the structured attributes; nil if there are none

	outputs    []string
	hash       string
	hasHash    bool
	algo       nixhash.Algo // 0 if not given
	method     storepath.Method
	hasMethod  bool
	addressed  bool // by content
	impure     bool
	nullsUnset bool
}

func (ds derivations) make(c *core.Call, name string, attrs heap.Value) (heap.Value, error) {
	if err := storepath.CheckName(name); err != nil {
		return 0, c.Errorf(core.ErrEval, "invalid derivation name: %s. Please pass a different '%s'.", err, "name")
	}
	h := c.Heap()
	r := recipe{c: c, d: &drv.Derivation{Name: name}, store: ds.st.In(c.Ctx()), outputs: []string{"out"}}
	flag := func(attr string) (bool, error) {
		at := findAttr(c, attrs, attr)
		if at == 0 {
			return false, nil
		}
		return c.ForceBool(h.Load(at), "while evaluating the `"+attr+"` attribute passed to builtins.derivationStrict")
	}
	isJSON, err := flag("__structuredAttrs")
	if err != nil {
		return 0, err
	}
	if r.nullsUnset, err = flag("__ignoreNulls"); err != nil {
		return 0, err
	}
	if isJSON {
		r.json = newJSONWriter(c, []byte("{"), true)
	}

	sorted := c.SortedAttrs(attrs)
	r.d.Env = make([]drv.EnvVar, 0, len(sorted)+2)
	for _, e := range sorted {
		key := c.Name(e.Name)
		if key == "__ignoreNulls" {
			continue
		}
		if err := r.attr(key, e.Value); err != nil {
			return 0, c.FrameAt(err, c.AttrPos(attrs, e.Name), "while evaluating attribute '%s' of derivation '%s'", key, strings.Clone(name))
		}
	}
	if isJSON {
		if r.json.invalid != nil {
			return 0, r.json.invalid
		}
		r.contexts = append(r.contexts, r.json.contexts...)
		r.json.byte('}')
		text, err := r.json.out.bytes()
		if err != nil {
			return 0, err
		}
		r.d.SetEnv(drv.StructuredAttrs, heap.Frozen(text))
	}
	if err := r.inputs(); err != nil {
		return 0, err
	}
	if r.d.Builder == "" {
		return 0, c.Errorf(core.ErrEval, "required attribute 'builder' missing")
	}
	if r.d.System == "" {
		return 0, c.Errorf(core.ErrEval, "required attribute 'system' missing")
	}
	onlyOut := len(r.outputs) == 1 && r.outputs[0] == "out"
	if strings.HasSuffix(name, storepath.DrvExtension) && !(r.hasMethod && r.method == storepath.Text && onlyOut) {
		return 0, c.Errorf(core.ErrEval, "derivation names are allowed to end in '%s' only if they produce a single derivation file", storepath.DrvExtension)
	}
	if err := r.setOutputs(onlyOut); err != nil {
		return 0, err
	}
	path, err := ds.st.In(c.Ctx()).AddDerivation(r.d)
	if err != nil {
		return 0, err
	}
	return ds.result(c, path, r.d)
}

// findAttr returns the place of an attribute, or 0 if there is none.
func findAttr(c *core.Call, attrs heap.Value, name string) heap.Slot {
	if sym := c.Lookup(name); sym != 0 {
		return c.Heap().Find(attrs, sym)
	}
	return 0
}

// attr reads an attribute. Errors get no frame but the caller's.
func (r *recipe) attr(key string, l heap.Lazy) error {
	c := r.c
	if r.nullsUnset {
		v, err := c.Force(l)
		if err != nil {
			return err
		}
		if c.Heap().KindOf(v) == heap.Null {
			return nil
		}
		l = heap.Lazy(v)
	}
	switch key {
	case "__contentAddressed":
		b, err := c.BoolAt(l, 0, "")
		if err == nil && b {
			r.addressed = true
			err = c.Require("ca-derivations", "")
		}
		return err
	case "__impure":
		b, err := c.BoolAt(l, 0, "")
		if err == nil && b {
			r.impure = true
			err = c.Require("impure-derivations", "")
		}
		return err
	case "args":
		return r.args(l)
	}
	if r.json != nil {
		return r.structuredAttr(key, l)
	}
	text, ctx, err := c.CoerceAt(l, 0, core.CoerceMore|core.CopyToStore, "")
	if err != nil {
		return err
	}
	r.addContext(ctx)
	if key == "__json" {
		c.Warn("In derivation '%s': setting structured attributes via '__json' is deprecated, and may be disallowed in future versions of Nix. Set '__structuredAttrs = true' instead.", r.d.Name)
		return r.oldJSON(text)
	}
	r.d.Env = append(r.d.Env, drv.EnvVar{Name: key, Value: text})
	switch key {
	case "builder":
		r.d.Builder = text
	case "system":
		r.d.System = text
	case "outputHash":
		r.hash, r.hasHash = text, true
	case "outputHashAlgo":
		return r.setAlgo(text)
	case "outputHashMode":
		return r.setMethod(text)
	case "outputs":
		return r.addOutputs(strings.FieldsFunc(text, isSpace))
	}
	return nil
}

// isSpace reports whether c separates the words of a string of names.
func isSpace(c rune) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func (r *recipe) addContext(ctx core.Context) {
	if ctx != 0 {
		r.contexts = append(r.contexts, ctx)
	}
}

func (r *recipe) args(l heap.Lazy) error {
	c, h := r.c, r.c.Heap()
	list, err := c.ListAt(l, 0, "")
	if err != nil {
		return err
	}
	r.d.Args = make([]string, 0, h.Len(list))
	for _, elem := range h.Elems(list) {
		text, ctx, err := c.CoerceToString(elem, core.CoerceMore|core.CopyToStore, "while evaluating an element of the argument list")
		if err != nil {
			return err
		}
		r.addContext(ctx)
		r.d.Args = append(r.d.Args, text)
	}
	return nil
}

// structuredAttr reads an attribute of a derivation with structured attributes.
func (r *recipe) structuredAttr(key string, l heap.Lazy) error {
	c := r.c
	if key == "__structuredAttrs" {
		return nil
	}
	w := r.json
	if w.out.len() > 1 {
		w.byte(',')
	}
	if err := w.string(key); err != nil {
		return err
	}
	w.byte(':')
	if err := w.value(l, 0); err != nil {
		return err
	}
	plain := func() (string, error) { return c.PlainStringAt(l, 0, "") }
	switch key {
	case "builder":
		text, ctx, err := c.StringAt(l, 0, "")
		r.d.Builder = text
		r.addContext(ctx)
		return err
	case "system":
		text, err := plain()
		r.d.System = text
		return err
	case "outputHash":
		text, err := plain()
		r.hash, r.hasHash = text, true
		return err
	case "outputHashAlgo":
		text, err := plain()
		if err != nil {
			return err
		}
		return r.setAlgo(text)
	case "outputHashMode":
		text, err := plain()
		if err != nil {
			return err
		}
		return r.setMethod(text)
	case "outputs":
		list, err := c.ListAt(l, 0, "")
		if err != nil {
			return err
		}
		var names []string
		for _, elem := range c.Heap().Elems(list) {
			name, err := c.PlainStringAt(elem, 0, "")
			if err != nil {
				return err
			}
			names = append(names, name)
		}
		return r.addOutputs(names)
	case "allowedReferences", "allowedRequisites", "disallowedReferences", "disallowedRequisites", "maxSize", "maxClosureSize":
		c.Warn("In a derivation named '%[1]s', 'structuredAttrs' disables the effect of the derivation attribute '%[2]s'; use 'outputChecks.<output>.%[2]s' instead", r.d.Name, key)
	}
	return nil
}

// oldJSON sets structured attributes that are given as JSON. They come out
// compact and sorted.
func (r *recipe) oldJSON(text string) error {
	c := r.c
	b := newValueBuilder(c)
	err := jsontext.Decode(text, b, c)
	if isStop(err) {
		return err
	}
	if err != nil {
		return c.Errorf(core.ErrEval, "cannot process %s attribute: %s", drv.StructuredAttrs, err)
	}
	v := b.result()
	if what := jsonType(c.Heap().KindOf(v)); what != "object" {
		return c.Errorf(core.ErrEval, "cannot process %s attribute: [json.exception.type_error.302] type must be object, but is %s", drv.StructuredAttrs, what)
	}
	w := newJSONWriter(c, nil, false)
	if err := w.plain(v); err != nil {
		return err
	}
	out, err := w.out.bytes()
	if err != nil {
		return err
	}
	r.d.SetEnv(drv.StructuredAttrs, heap.Frozen(out))
	return nil
}

// jsonType returns what JSON calls values of the kind.
func jsonType(k heap.Kind) string {
	switch {
	case k.IsAttrs():
		return "object"
	case k == heap.List:
		return "array"
	case k == heap.String:
		return "string"
	case k == heap.Bool:
		return "boolean"
	case k == heap.Null:
		return "null"
	}
	return "number"
}

func (r *recipe) setAlgo(name string) error {
	r.algo = nixhash.LookupAlgo(name)
	if r.algo == nixhash.BLAKE3 {
		return r.c.Require("blake3-hashes", "")
	}
	return nil
}

func (r *recipe) setMethod(name string) error {
	c := r.c
	if name == "recursive" {
		r.method = storepath.NAR
	} else {
		m, err := storepath.ParseMethod(name)
		if err != nil {
			return c.Errorf(core.ErrEval, "invalid value '%s' for 'outputHashMode' attribute", strings.Clone(name))
		}
		r.method = m
	}
	r.hasMethod = true
	switch r.method {
	case storepath.Text:
		return c.Require("dynamic-derivations", fmt.Sprintf("text-hashed derivation '%s', outputHashMode = \"text\"", r.d.Name))
	case storepath.Git:
		return c.Require("git-hashing", "")
	}
	return nil
}

func (r *recipe) addOutputs(names []string) error {
	c := r.c
	r.outputs = r.outputs[:0]
	for _, name := range names {
		for _, other := range r.outputs {
			if name == other {
				return c.Errorf(core.ErrEval, "duplicate derivation output '%s'", strings.Clone(name))
			}
		}
		// The result has an attribute of that name already.
		if name == "drvPath" {
			return c.Errorf(core.ErrEval, "invalid derivation output name 'drvPath'")
		}
		r.outputs = append(r.outputs, name)
	}
	if len(r.outputs) == 0 {
		return c.Errorf(core.ErrEval, "derivation cannot have an empty set of outputs")
	}
	return nil
}

// inputs makes inputs of what the strings refer to.
func (r *recipe) inputs() error {
	if len(r.contexts) == 0 {
		return nil
	}
	d := r.d
	for _, e := range r.c.ElemsOf(r.contexts) {
		switch e.Kind {
		case core.ContextPath:
			d.AddSource(e.Path)
		case core.ContextOutput:
			output, via := splitOutput(e.Output)
			d.AddInput(e.Path, output, via...)
		case core.ContextDeep:
			// The builder may look at all there is below, outputs included.
			paths, err := r.store.Closure(e.Path)
			if err != nil {
				return err
			}
			for _, path := range paths {
				d.AddSource(path)
				if strings.HasSuffix(path, storepath.DrvExtension) {
					m, err := r.store.Modulo(path)
					if err != nil {
						return err
					}
					for _, output := range m.Outputs {
						d.AddInput(path, output)
					}
				}
			}
		}
	}
	return nil
}

// splitOutput returns the output that a context element means, and how to get
// from its path to the derivation that has it.
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

// setOutputs adds the outputs to the derivation, with empty variables.
func (r *recipe) setOutputs(onlyOut bool) error {
	c, d := r.c, r.d
	o := drv.Output{Method: r.method}
	switch {
	case r.hasHash:
		if !onlyOut {
			return c.Errorf(core.ErrEval, "multiple outputs are not supported in fixed-output derivations")
		}
		h, err := parseHash(c, r.hash, r.algo)
		if err != nil {
			return err
		}
		o.Kind, o.Hash = drv.Fixed, h
	case r.addressed || r.impure:
		if r.addressed && r.impure {
			return c.Errorf(core.ErrEval, "derivation cannot be both content-addressed and impure")
		}
		o.Kind, o.Algo = drv.Floating, r.algo
		if r.impure {
			o.Kind = drv.Impure
		}
		if r.algo == 0 {
			o.Algo = nixhash.SHA256
		}
		if !r.hasMethod {
			o.Method = storepath.NAR
		}
	default:
		o.Method = 0
	}
	for _, name := range r.outputs {
		o.Name = name
		d.SetOutput(o)
		d.SetEnv(name, "")
	}
	return nil
}

// parseHash reads a hash, which may be empty.
func parseHash(c *core.Call, text string, algo nixhash.Algo) (nixhash.Hash, error) {
	if nixhash.AlgoOf(text) == nixhash.BLAKE3 {
		if err := c.Require("blake3-hashes", ""); err != nil {
			return nixhash.Hash{}, err
		}
	}
	h, empty, err := nixhash.ParseAllowEmpty(text, algo)
	if err == nil && empty {
		c.Warn("found empty hash, assuming '%s'", h)
	}
	return h, err
}

// result returns the paths of the derivation and its outputs.
func (ds derivations) result(c *core.Call, path string, d *drv.Derivation) (heap.Value, error) {
	var buf [8]heap.Entry
	entries := buf[:0]
	v, err := c.NewString(path, c.Context(core.ContextElem{Kind: core.ContextDeep, Path: path}))
	if err != nil {
		return 0, err
	}
	entries = append(entries, heap.Entry{Name: c.Intern("drvPath"), Value: heap.Lazy(v)})
	for i := range d.Outputs {
		o := &d.Outputs[i]
		v, err := ds.output(c, path, o)
		if err != nil {
			return 0, err
		}
		entries = append(entries, heap.Entry{Name: c.Intern(o.Name), Value: heap.Lazy(v)})
	}
	return c.Heap().AttrsOf(entries), nil
}

// output returns the string that stands for an output of a derivation.
func (ds derivations) output(c *core.Call, path string, o *drv.Output) (heap.Value, error) {
	text, err := ds.outputText(path, o)
	if err != nil {
		return 0, err
	}
	return c.NewString(text, c.Context(core.ContextElem{Kind: core.ContextOutput, Path: path, Output: o.Name}))
}

// outputText returns the path of an output, or what stands for it.
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

// value returns the derivation at path as import has it: a set as
// builtins.derivation returns, but for the attributes that nobody knows.
func (ds derivations) value(c *core.Call, path string) (heap.Value, error) {
	d, err := ds.st.In(c.Ctx()).Derivation(path)
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
	// The sets refer to each other, so they are made first and filled later.
	names := make([]heap.Entry, 0, n+6)
	for i := range d.Outputs {
		names = append(names, heap.Entry{Name: c.Intern(d.Outputs[i].Name)})
	}
	set := func(name string, v heap.Value) {
		sym := c.Intern(name)
		for i := range names {
			if names[i].Name == sym {
				names[i].Value = heap.Lazy(v)
				return
			}
		}
		names = append(names, heap.Entry{Name: sym, Value: heap.Lazy(v)})
	}
	all := h.NewList(n)
	set("all", all)
	set("drvPath", drvPath)
	set("name", h.NewString(name, 0))
	set("type", h.NewString("derivation", 0))
	set("outPath", heap.NullValue)
	set("outputName", heap.NullValue)
	h.SortEntries(names)
	values := make([]heap.Value, n)
	sets := make([][]heap.Entry, n)
	for i := range d.Outputs {
		values[i], sets[i] = h.NewAttrs(len(names), 0)
		copy(sets[i], names)
		h.Elems(all)[i] = heap.Lazy(values[i])
	}
	outPath, outputName := c.Intern("outPath"), c.Intern("outputName")
	for i := range d.Outputs {
		text, err := ds.output(c, path, &d.Outputs[i])
		if err != nil {
			return 0, err
		}
		for k := range sets[i] {
			switch e := &sets[i][k]; e.Name {
			case outPath:
				e.Value = heap.Lazy(text)
			case outputName:
				e.Value = heap.Lazy(h.NewString(d.Outputs[i].Name, 0))
			default:
				if e.Value == 0 {
					for j := range d.Outputs {
						if c.Name(e.Name) == d.Outputs[j].Name {
							e.Value = heap.Lazy(values[j])
						}
					}
				}
			}
		}
	}
	if n == 0 {
		return 0, errors.New("list is empty")
	}
	return values[0], nil
}

func (ds derivations) outputOf(c *core.Call) (heap.Value, error) {
	const words = "while evaluating the first argument to builtins.outputOf"
	text, ctx, err := c.ForceString(c.Arg(0), words)
	if err != nil {
		return 0, err
	}
	text = strings.Clone(text)
	bad := func(format string, args ...any) (heap.Value, error) {
		return 0, c.Frame(c.Errorf(core.ErrEval, format, args...), words)
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
	name, err := c.ForcePlainString(c.Arg(1), "while evaluating the second argument to builtins.outputOf")
	if err != nil {
		return 0, err
	}
	output := strings.Clone(name)
	if e.Kind == core.ContextOutput {
		output += "!" + e.Output
	}
	want, err := ds.reference(c, e.Path, output)
	if err != nil {
		return 0, err
	}
	return c.NewString(want, c.Context(core.ContextElem{Kind: core.ContextOutput, Path: e.Path, Output: output}))
}

// reference returns what stands for the output of the derivation at path, with
// outputs of outputs separated as in a context.
func (ds derivations) reference(c *core.Call, path, output string) (string, error) {
	output, via := splitOutput(output)
	if len(via) == 0 {
		d, err := ds.st.In(c.Ctx()).Derivation(path)
		if err != nil {
			return "", err
		}
		o := d.Output(output)
		if o == nil {
			return "", fmt.Errorf("derivation '%s' does not have output '%s'", path, output)
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
