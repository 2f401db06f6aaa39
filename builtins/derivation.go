package builtins

// This file defines derivations: derivationStrict, which makes them, derivation
// on top of it, and outputOf.

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/eval/budget"
	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

//go:embed derivation.nix
var derivationSource string

// derivationBuiltins returns the builtins that make and take apart derivations.
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

// derivations are the builtins that make derivations.
type derivations struct{ st *store.View }

// derivationName returns the name of the derivation that c makes; "" if there is none.
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

// strict is builtins.derivationStrict. It forces the name first: errors of
// everything else name the derivation.
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

// A recipe is a derivation while its attributes are read.
type recipe struct {
	c     *core.Call
	d     *drv.Derivation
	store *store.View

	contexts contextList          // of the strings in it
	json     *format.JSONDocument // of the structured attributes; nil if there are none

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

// make instantiates a derivation of that name, and returns the set with the paths
// of the .drv file and of the outputs.
func (ds derivations) make(c *core.Call, name string, attrs heap.Value) (heap.Value, error) {
	if err := storepath.CheckName(name); err != nil {
		return 0, c.Errorf(core.CodeInvalidDerivation, "invalid derivation name: %s. Please pass a different '%s'.", err, "name")
	}
	h := c.Heap()
	r := recipe{c: c, d: &drv.Derivation{Name: name, Budget: c}, store: ds.st, outputs: []string{"out"}}
	flag := func(attr string) (bool, error) {
		at := findAttr(c, attrs, attr)
		if at == 0 {
			return false, nil
		}
		return c.Need(h.Load(at), "while evaluating the `"+attr+"` attribute passed to builtins.derivationStrict").Bool()
	}
	isJSON, err := flag("__structuredAttrs")
	if err != nil {
		return 0, err
	}
	if r.nullsUnset, err = flag("__ignoreNulls"); err != nil {
		return 0, err
	}
	if isJSON {
		r.json = format.NewJSON(c.Source(), format.Options{})
		r.json.Begin()
	}

	sorted := c.SortedAttrs(attrs)
	if err := r.charge(len(sorted) * envSize); err != nil {
		return 0, err
	}
	r.d.Env = make([]drv.EnvVar, 0, len(sorted)+2)
	for _, e := range sorted {
		if err := c.Tick(1); err != nil {
			return 0, err
		}
		key := c.Name(e.Name)
		if key == "__ignoreNulls" {
			continue
		}
		if err := r.attr(key, e.Value); err != nil {
			return 0, c.FrameAt(err, c.AttrPos(attrs, e.Name), "while evaluating attribute '%s' of derivation '%s'", key, strings.Clone(name))
		}
	}
	if isJSON {
		r.json.End()
		doc, err := r.json.Done()
		if err != nil {
			return 0, err
		}
		r.contexts.add(c.DocumentContext(doc))
		text, err := doc.Bytes()
		if err != nil {
			return 0, err
		}
		r.d.SetEnv(drv.StructuredAttrs, heap.Frozen(text))
	}
	if err := r.inputs(); err != nil {
		return 0, err
	}
	if r.d.Builder == "" {
		return 0, c.Errorf(core.CodeInvalidDerivation, "required attribute 'builder' missing")
	}
	if r.d.System == "" {
		return 0, c.Errorf(core.CodeInvalidDerivation, "required attribute 'system' missing")
	}
	onlyOut := len(r.outputs) == 1 && r.outputs[0] == "out"
	if strings.HasSuffix(name, storepath.DrvExtension) && !(r.hasMethod && r.method == storepath.Text && onlyOut) {
		return 0, c.Errorf(core.CodeInvalidDerivation, "derivation names are allowed to end in '%s' only if they produce a single derivation file", storepath.DrvExtension)
	}
	if err := r.setOutputs(onlyOut); err != nil {
		return 0, err
	}
	path, err := ds.st.AddDerivation(c.Ctx(), c, r.d)
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
		b, err := c.Need(l, "").Bool()
		if err == nil && b {
			r.addressed = true
			err = c.Require("ca-derivations", "")
		}
		return err
	case "__impure":
		b, err := c.Need(l, "").Bool()
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
	text, ctx, err := c.Need(l, "").Coerce(core.CoerceMore | core.CopyToStore)
	if err != nil {
		return err
	}
	r.contexts.add(ctx)
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
		names, err := r.words(text)
		if err != nil {
			return err
		}
		return r.addOutputs(names)
	}
	return nil
}

// Bytes that parts of a derivation take, about.
const (
	envSize    = 32
	outputSize = 256
)

// charge counts bytes of a derivation, if they are many.
func (r *recipe) charge(bytes int) error {
	if bytes < budget.PartBytes {
		return nil
	}
	return r.c.Charge(bytes)
}

// maxOutputs is how many outputs a derivation can have.
const maxOutputs = 1 << 20

// tooMany returns the error for a derivation with more than maxOutputs outputs.
func (r *recipe) tooMany() error {
	return r.c.Errorf(core.CodeInvalidDerivation, "derivation '%s' has more than %d outputs", r.d.Name, maxOutputs)
}

// words returns the words of a string of names.
func (r *recipe) words(text string) ([]string, error) {
	var words []string
	start := 0
	for i := 0; i <= len(text); i++ {
		if i == len(text) || text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r' {
			if i > start {
				words = append(words, text[start:i])
				const many = 1 << 12
				if len(words)%many == 0 {
					if err := r.c.Charge(many * outputSize); err != nil {
						return nil, err
					}
				}
				if len(words) > maxOutputs {
					return nil, r.tooMany()
				}
			}
			start = i + 1
		}
		if err := budget.Step(r.c, i); err != nil {
			return nil, err
		}
	}
	return words, nil
}

// args sets the arguments of the builder from the list l.
func (r *recipe) args(l heap.Lazy) error {
	c, h := r.c, r.c.Heap()
	list, err := c.Need(l, "").List()
	if err != nil {
		return err
	}
	const argSize = 16
	if err := r.charge(h.Len(list) * argSize); err != nil {
		return err
	}
	r.d.Args = make([]string, 0, h.Len(list))
	for i, elem := range h.Elems(list) {
		if err := budget.Step(c, i); err != nil {
			return err
		}
		text, ctx, err := c.Need(elem, "while evaluating an element of the argument list").Coerce(core.CoerceMore | core.CopyToStore)
		if err != nil {
			return err
		}
		r.contexts.add(ctx)
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
	if err := r.json.Attr(key, l); err != nil {
		return err
	}
	plain := func() (string, error) { return c.Need(l, "").PlainString() }
	switch key {
	case "builder":
		text, ctx, err := c.Need(l, "").String()
		r.d.Builder = text
		r.contexts.add(ctx)
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
		list, err := c.Need(l, "").List()
		if err != nil {
			return err
		}
		if c.Heap().Len(list) > maxOutputs {
			return r.tooMany()
		}
		if err := r.charge(c.Heap().Len(list) * outputSize); err != nil {
			return err
		}
		var names []string
		for i, elem := range c.Heap().Elems(list) {
			if err := budget.Step(c, i); err != nil {
				return err
			}
			name, err := c.Need(elem, "").PlainString()
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
		return c.Errorf(core.CodeInvalidDerivation, "cannot process %s attribute: %s", drv.StructuredAttrs, err)
	}
	v := b.result()
	if what := jsonType(c.Heap().KindOf(v)); what != "object" {
		return c.Errorf(core.CodeInvalidDerivation, "cannot process %s attribute: [json.exception.type_error.302] type must be object, but is %s", drv.StructuredAttrs, what)
	}
	w := format.NewJSON(c.Source(), format.Options{KeepPaths: true})
	w.Plain()
	if err := w.Value(heap.Lazy(v)); err != nil {
		return err
	}
	doc, err := w.Done()
	if err != nil {
		return err
	}
	out, err := doc.Bytes()
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

// setAlgo sets outputHashAlgo. A name that is none leaves the algorithm to
// outputHash.
func (r *recipe) setAlgo(name string) error {
	r.algo = nixhash.LookupAlgo(name) // 0 for a name that is none
	if r.algo == nixhash.BLAKE3 {
		return r.c.Require("blake3-hashes", "")
	}
	return nil
}

// setMethod sets outputHashMode, and knows the old name "recursive" too.
func (r *recipe) setMethod(name string) error {
	c := r.c
	if name == "recursive" {
		r.method = storepath.NAR
	} else {
		m, err := storepath.ParseMethod(name)
		if err != nil {
			return c.Errorf(core.CodeInvalidDerivation, "invalid value '%s' for 'outputHashMode' attribute", shown(name))
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

// addOutputs sets the names of the outputs, which replace "out".
func (r *recipe) addOutputs(names []string) error {
	c := r.c
	r.outputs = r.outputs[:0]
	seen := map[string]bool{}
	for _, name := range names {
		if err := c.Tick(1); err != nil {
			return err
		}
		if name = shown(name); seen[name] {
			return c.Errorf(core.CodeInvalidDerivation, "duplicate derivation output '%s'", name)
		}
		seen[name] = true
		// The result has an attribute of that name already.
		if name == "drvPath" {
			return c.Errorf(core.CodeInvalidDerivation, "invalid derivation output name 'drvPath'")
		}
		r.outputs = append(r.outputs, name)
	}
	if len(r.outputs) == 0 {
		return c.Errorf(core.CodeInvalidDerivation, "derivation cannot have an empty set of outputs")
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
		if err := r.c.Tick(1); err != nil {
			return err
		}
		switch e.Kind {
		case core.ContextPath:
			d.AddSource(e.Path)
		case core.ContextOutput:
			output, via := splitOutput(e.Output)
			if len(via) > maxVia {
				return r.c.Errorf(core.CodeInvalidDerivation, "an output of the derivation '%s' is too far away: outputs of outputs are nested too deeply", e.Path)
			}
			d.AddInput(e.Path, output, via...)
		case core.ContextDeep:
			// The builder may look at all there is below, outputs included.
			paths, err := r.store.Closure(r.c.Ctx(), r.c, e.Path)
			if err != nil {
				return err
			}
			for _, path := range paths {
				if err := r.c.Tick(1); err != nil {
					return err
				}
				d.AddSource(path)
				if strings.HasSuffix(path, storepath.DrvExtension) {
					m, err := r.store.Modulo(r.c.Ctx(), r.c, path)
					if err != nil {
						return err
					}
					for i, output := range m.Outputs {
						if err := budget.Step(r.c, i); err != nil {
							return err
						}
						d.AddInput(path, output)
					}
				}
			}
		}
	}
	return nil
}

// maxVia is how many derivations there may be on the way to an output.
const maxVia = 500

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
			return c.Errorf(core.CodeInvalidDerivation, "multiple outputs are not supported in fixed-output derivations")
		}
		h, err := parseHash(c, shown(r.hash), r.algo)
		if err != nil {
			return err
		}
		o.Kind, o.Hash = drv.Fixed, h
	case r.addressed || r.impure:
		if r.addressed && r.impure {
			return c.Errorf(core.CodeInvalidDerivation, "derivation cannot be both content-addressed and impure")
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
	names := slices.Clone(r.outputs)
	if err := budget.Sort(c, names); err != nil {
		return err
	}
	d.Outputs = make([]drv.Output, 0, len(names))
	for i, name := range names {
		o.Name = name
		d.SetOutput(o)
		if err := budget.Step(c, i); err != nil {
			return err
		}
	}
	d.ClearEnv(names)
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
	// Each output has a set with all of them.
	if err := checkLarge(c, n*(n+6), 1); err != nil {
		return 0, err
	}
	outPath, outputName := c.Intern("outPath"), c.Intern("outputName")
	all := h.NewList(n)
	attrs := map[lang.Symbol]heap.Value{} // but for the outputs
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
	outputs := map[lang.Symbol]int{}
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
	// The sets refer to each other, so they are made first and filled later.
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

// outputOf is builtins.outputOf: the placeholder of an output of a derivation
// that is itself the output of another one.
func (ds derivations) outputOf(c *core.Call) (heap.Value, error) {
	const words = "while evaluating the first argument to builtins.outputOf"
	text, ctx, err := c.Arg(0).Words(words).String()
	if err != nil {
		return 0, err
	}
	text = strings.Clone(shown(text))
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

// reference returns what stands for the output of the derivation at path, with
// outputs of outputs separated as in a context.
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
