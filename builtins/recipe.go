package builtins

// This file defines how the attributes of a derivation are read: what derivationStrict does
// between its argument and the store.
//
// An attribute becomes an environment variable of the builder, and some mean something to
// the evaluator as well. With __structuredAttrs they become one JSON text instead, in the
// variable __json. Everything that a string among them refers to becomes an input.
//
// Errors of an attribute have the frame "while evaluating attribute … of derivation …",
// which the caller of attr adds, and none of their own: the reference has no more.

import (
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
)

// A recipe is a derivation while its attributes are read. Its texts are the heap's own: it
// lives no longer than the call.
type recipe struct {
	c     *core.Call
	d     *drv.Derivation // variables, arguments, builder and system; then inputs; outputs last
	store *store.View

	contexts contextList          // of all strings in attributes and arguments
	json     *format.JSONDocument // of __structuredAttrs; nil if the attribute is not true

	outputs    []string         // names, in the order given; "out" alone if not given
	hash       string           // outputHash, unread
	hasHash    bool             // outputHash is given, which "" may be
	algo       nixhash.Algo     // outputHashAlgo; 0 if not given or no algorithm
	method     storepath.Method // outputHashMode; Flat if not given
	hasMethod  bool             // outputHashMode is given
	addressed  bool             // __contentAddressed is true
	impure     bool             // __impure is true
	nullsUnset bool             // __ignoreNulls is true: an attribute that is null is left out
}

// make instantiates a derivation of that name, and returns the set with the paths of the
// .drv file and of the outputs.
//
// The name is checked, then __structuredAttrs and __ignoreNulls are forced, then all
// attributes in the order of their names: eval-fail-derivationStrict-order in
// corpus/builtins. Only then is it an error that builder or system is missing, which an
// empty one is as well (-empty-builder, -null-system), or that outputs do not fit together.
// Nothing gets into the store before all is known to be right.
func (ds derivations) make(c *core.Call, name string, attrs heap.Value) (heap.Value, error) {
	if err := storepath.CheckName(name); err != nil {
		attr := any("name")
		if name == "" {
			attr = core.Name("name") // an empty name is one that was forgotten, to reports
		}
		return 0, c.Errorf(core.CodeInvalidDerivation, "invalid derivation name: %s. Please pass a different '%s'.", err, attr)
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
	r.d.Env = make([]drv.EnvVar, 0, len(sorted)+2) // out and __json may come in addition
	shared := r.share(sorted)
	defer shared.Close()
	for i, e := range sorted {
		shared.Come(i)
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
	// A derivation whose output is a derivation has the name of that, .drv included.
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

// share lets helpers of the evaluation evaluate the attributes, which are needed whatever they
// are.
func (r *recipe) share(attrs []heap.Entry) core.Share {
	c := r.c
	if !c.Shares() || r.nullsUnset {
		return core.Share{}
	}
	values := make([]heap.Lazy, len(attrs))
	for i, e := range attrs {
		values[i] = e.Value
	}
	if r.json != nil {
		return c.ShareJSON(values)
	}
	return c.ShareText(values, core.CoerceMore|core.CopyToStore)
}

// attr reads the attribute key. Without __structuredAttrs it coerces the value to a string,
// as toString does but with paths copied to the store, and sets the variable of that name;
// lists are joined with spaces, and a set needs outPath or __toString.
//
// args, __contentAddressed and __impure set no variable, whatever their value; a flag that
// is true needs its experimental feature, and one that is false nothing.
//
// Quirk: __json without __structuredAttrs is read as JSON and written anew, with a warning.
func (r *recipe) attr(key string, l heap.Lazy) error {
	c := r.c
	// Only this looks at the value itself: a list of null is no null
	// (eval-okay-derivationStrict-ignoreNulls).
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

// args sets the arguments of the builder from the list l, each coerced as an attribute is.
// With __structuredAttrs too they stay apart and do not get into the JSON text:
// eval-okay-derivationStrict-structuredAttrs in corpus/builtins.
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

// structuredAttr reads the attribute key with __structuredAttrs: it goes into the JSON text
// as builtins.toJSON writes it, and only then is looked at for what it means.
//
// Types are strict where attr coerces: builder and system must be strings, and only that of
// builder may refer to store paths (eval-fail-derivationStrict-structured-builder and
// -structured-system-context in corpus/builtins); outputs must be a list, so a name may
// have a space, which the store then refuses. Attributes whose place is outputChecks now
// have no effect, and warn (-structured-warnings).
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

// oldJSON sets the variable __json from an attribute of that name. The text must be an
// object; it is decoded and written anew, compact and with sorted names, as the reference
// keeps it decoded. The messages are those of its library, numbers included.
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

// jsonType returns the name that messages of the reference's JSON library have for values
// of the kind, which is one that decoding JSON makes.
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

// setAlgo sets outputHashAlgo.
//
// Quirk: a name that is no algorithm is no error and counts as none. The hash has to name
// the algorithm then, and the error of one that does not is about the hash:
// eval-fail-derivationStrict-hash-unknown-algorithm in corpus/builtins.
func (r *recipe) setAlgo(name string) error {
	r.algo = nixhash.LookupAlgo(name)
	if r.algo == nixhash.BLAKE3 {
		return r.c.Require("blake3-hashes", "")
	}
	return nil
}

// setMethod sets outputHashMode, and knows the old name "recursive" for nar. A mode that
// does not exist is an error even without a hash (eval-fail-derivationStrict-hash-unused-mode
// in corpus/builtins), and text and git need their experimental features.
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

// words returns the words of a string of names, as outputs is without __structuredAttrs.
// Words are separated by any number of spaces, tabs and ends of lines, and there may be
// none of them: eval-okay-derivationStrict-outputs in corpus/builtins.
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

// addOutputs sets the names of the outputs, which replace "out". There must be one at
// least, each once. What characters a name may have is left to the store, since the name
// is part of an output path: eval-fail-derivationStrict-outputs-name in corpus/builtins.
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

// Bytes on Go's heap that parts of a derivation take, about.
const (
	envSize    = 32  // name and value of a variable, without their texts
	outputSize = 256 // an output with its place in the maps and lists around it
)

// charge counts bytes of a derivation against the limit of the evaluation, if they are
// many. Most derivations are small and garbage soon.
func (r *recipe) charge(bytes int) error {
	if bytes < budget.PartBytes {
		return nil
	}
	return r.c.Charge(bytes)
}

// maxOutputs is the largest number of outputs of a derivation. The limit is firn's own: a
// string of a megabyte can name half as many, and each costs outputSize.
const maxOutputs = 1 << 20

// tooMany returns the error for a derivation with more than maxOutputs outputs.
func (r *recipe) tooMany() error {
	return r.c.Errorf(core.CodeInvalidDerivation, "derivation '%s' has more than %d outputs", r.d.Name, maxOutputs)
}

// inputs makes inputs of the store paths and outputs that the strings refer to. d sorts
// them, and has each once.
//
// A deep reference makes all that the .drv file refers to an input, and all outputs of each
// derivation among that. So these files must be in the store, which one that is read-only
// never is: eval-fail-derivationStrict-deep-context in corpus/builtins.
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

// setOutputs adds the outputs to the derivation, all of one kind: fixed with outputHash,
// floating with __contentAddressed, impure with __impure, and otherwise addressed by input.
// onlyOut says that the one output is out, which a fixed one must be.
//
// Each output has a variable of its name, which is empty for now: the output paths are
// computed from the derivation without them, and replace the values that attributes of
// these names had (eval-okay-derivationStrict-attribute-edge in corpus/builtins).
//
// Quirk: outputHash wins over the two flags without an error.
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
	// The order in which outputs were given does not get into the derivation.
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

// parseHash reads a hash in any of its forms. algo is the algorithm that it must have, or 0
// if it must name its own. BLAKE3 needs its experimental feature.
//
// Quirk: an empty text stands for zeros, with a warning, if algo is given
// (eval-fail-derivationStrict-hash-empty and -hash-empty-no-algorithm in corpus/builtins).
// People ask for the right hash that way: the error of the mismatch shows it.
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
