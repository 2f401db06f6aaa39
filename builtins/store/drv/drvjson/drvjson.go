// Package drvjson writes and reads derivations as JSON, in version 4 of the reference's
// format, which nix derivation show prints and nix derivation add reads.
//
//	Append   a derivation as JSON
//	Parse    JSON as a derivation; (*drv.Derivation).FillOutputs checks it, and computes what it lacks
//
// Store paths are without their directory there, and structured attributes are a value
// and no text.
package drvjson

// This file defines Append and Parse.

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// Version is the version of the format.
const Version = 4

// Append appends d as a compact object with sorted keys.
func Append(b []byte, d *drv.Derivation) ([]byte, error) {
	o := map[string]any{
		"name": d.Name, "version": int64(Version), "system": d.System, "builder": d.Builder,
		"args": d.Args, "inputs": map[string]any{"srcs": bases(d.InputSrcs), "drvs": inputs(d.InputDrvs)},
	}
	outputs := map[string]any{}
	for i := range d.Outputs {
		outputs[d.Outputs[i].Name] = output(&d.Outputs[i])
	}
	env := map[string]any{}
	for _, v := range d.Env {
		env[v.Name] = v.Value
	}
	if attrs, ok := d.LookupEnv(drv.StructuredAttrs); ok {
		v, err := parseValue(attrs)
		if err != nil {
			return b, err
		}
		o["structuredAttrs"] = v
		delete(env, drv.StructuredAttrs)
	}
	o["outputs"], o["env"] = outputs, env
	return appendValue(b, o)
}

// bases returns store paths without their directory.
func bases(paths []string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = path.Base(p)
	}
	return out
}

// inputs returns input derivations as an object.
func inputs(list []drv.InputDrv) map[string]any {
	out := map[string]any{}
	for i := range list {
		in := &list[i]
		out[path.Base(in.Drv)] = map[string]any{"outputs": in.Outputs, "dynamicOutputs": inputs(in.Dynamic)}
	}
	return out
}

// output returns an output as an object.
func output(o *drv.Output) map[string]any {
	switch o.Kind {
	case drv.InputAddressed:
		return map[string]any{"path": path.Base(o.Path)}
	case drv.Fixed:
		return map[string]any{"method": o.Method.String(), "hash": o.Hash.String()}
	case drv.Floating:
		return map[string]any{"method": o.Method.String(), "hashAlgo": o.Algo.String()}
	case drv.Impure:
		return map[string]any{"method": o.Method.String(), "hashAlgo": o.Algo.String(), "impure": true}
	}
	return map[string]any{}
}

// An Error is what is wrong with the value of a key, or of a key within it.
type Error struct {
	Key string
	Err error // often an Error itself
}

// Error returns the whole way to the mistake in one line.
func (e *Error) Error() string { return e.Frame() + ": " + e.Err.Error() }

// Frame returns the line of a trace that says where the mistake is.
func (e *Error) Frame() string { return "while reading key '" + e.Key + "'" }

// Unwrap returns what is wrong.
func (e *Error) Unwrap() error { return e.Err }

// within returns err as that of the value of a key; nil stays nil.
func within(key string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{key, err}
}

// Parse reads a derivation for the store directory dir. Its outputs may lack what follows
// from the rest: FillOutputs must be called before it is used.
func Parse(dir storepath.Dir, text string) (*drv.Derivation, error) {
	v, err := parseValue(text)
	if err != nil {
		return nil, err
	}
	o, err := as[map[string]any](v, "object")
	if err != nil {
		return nil, err
	}
	d := &drv.Derivation{}
	if d.Name, err = memberAs[string](o, "name", "string"); err != nil {
		return nil, err
	}
	if version, err := memberAs[int64](o, "version", "number"); err != nil {
		return nil, err
	} else if version != Version {
		//lint:ignore ST1005 the reference's words
		return nil, fmt.Errorf("Unsupported derivation JSON format version %d, only format version %d is currently supported.", version, Version)
	}
	p := parser{dir: dir, d: d}
	if err := within("outputs", p.outputs(o)); err != nil {
		return nil, err
	}
	if err := within("inputs", p.inputs(o)); err != nil {
		return nil, err
	}
	if d.System, err = memberAs[string](o, "system", "string"); err != nil {
		return nil, err
	}
	if d.Builder, err = memberAs[string](o, "builder", "string"); err != nil {
		return nil, err
	}
	if d.Args, err = stringsOf(o, "args"); err != nil {
		return nil, err
	}
	if err := within("env", p.env(o)); err != nil {
		return nil, err
	}
	if attrs, ok := o["structuredAttrs"]; ok {
		if _, err := as[map[string]any](attrs, "object"); err != nil {
			return nil, err
		}
		text, err := appendValue(nil, attrs)
		if err != nil {
			return nil, err
		}
		d.SetEnv(drv.StructuredAttrs, string(text))
	}
	return d, nil
}

// A parser fills in a derivation from parts of an object.
type parser struct {
	dir storepath.Dir
	d   *drv.Derivation
}

// path returns the whole store path of that base name.
func (p *parser) path(v value) (string, error) {
	base, err := as[string](v, "string")
	if err != nil {
		return "", err
	}
	parsed, err := storepath.ParseBase(base)
	if err != nil {
		return "", err
	}
	return p.dir.Text(parsed), nil
}

// outputs reads the member outputs.
func (p *parser) outputs(o map[string]any) error {
	outputs, err := memberAs[map[string]any](o, "outputs", "object")
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		fields, err := as[map[string]any](outputs[name], "object")
		if err != nil {
			return err
		}
		out := drv.Output{Name: name}
		switch strings.Join(slices.Sorted(maps.Keys(fields)), " ") {
		case "":
		case "path":
			out.Kind = drv.InputAddressed
			out.Path, err = p.path(fields["path"])
		case "hash method":
			out.Kind = drv.Fixed
			if out.Method, err = method(fields); err == nil {
				out.Hash, err = hash(fields["hash"])
			}
		case "hashAlgo method":
			out.Kind = drv.Floating
			out.Method, out.Algo, err = methodAlgo(fields)
		case "hashAlgo impure method":
			out.Kind = drv.Impure
			out.Method, out.Algo, err = methodAlgo(fields)
		default:
			err = fmt.Errorf("invalid JSON for derivation output")
		}
		if err != nil {
			return err
		}
		p.d.SetOutput(out)
	}
	return nil
}

// method reads the member method of an output.
func method(fields map[string]any) (storepath.Method, error) {
	name, err := memberAs[string](fields, "method", "string")
	if err != nil {
		return 0, err
	}
	return storepath.ParseMethod(name)
}

// methodAlgo reads the members method and hashAlgo of an output.
func methodAlgo(fields map[string]any) (storepath.Method, nixhash.Algo, error) {
	m, err := method(fields)
	if err != nil {
		return 0, 0, err
	}
	name, err := memberAs[string](fields, "hashAlgo", "string")
	if err != nil {
		return 0, 0, err
	}
	algo, err := nixhash.ParseAlgo(name)
	return m, algo, err
}

// hash reads a hash.
func hash(v value) (nixhash.Hash, error) {
	text, err := as[string](v, "string")
	if err != nil {
		return nixhash.Hash{}, err
	}
	return nixhash.Parse(text, 0)
}

// inputs reads the member inputs.
func (p *parser) inputs(o map[string]any) error {
	in, err := memberAs[map[string]any](o, "inputs", "object")
	if err != nil {
		return err
	}
	if err := within("srcs", p.sources(in)); err != nil {
		return err
	}
	drvs, err := memberAs[map[string]any](in, "drvs", "object")
	if err == nil {
		err = p.addInputs(&p.d.InputDrvs, drvs, p.path)
	}
	return within("drvs", err)
}

// sources reads the member srcs of inputs.
func (p *parser) sources(in map[string]any) error {
	srcs, err := memberAs[[]any](in, "srcs", "array")
	if err != nil {
		return err
	}
	for _, src := range srcs {
		whole, err := p.path(src)
		if err != nil {
			return err
		}
		p.d.AddSource(whole)
	}
	return nil
}

// addInputs adds the members of an object to a list of inputs. name returns what they are
// called there: whole paths, or names of outputs.
func (p *parser) addInputs(list *[]drv.InputDrv, o map[string]any, name func(value) (string, error)) error {
	for _, key := range slices.Sorted(maps.Keys(o)) {
		node, err := as[map[string]any](o[key], "object")
		if err != nil {
			return err
		}
		var in drv.InputDrv
		if in.Drv, err = name(key); err != nil {
			return err
		}
		if in.Outputs, err = stringsOf(node, "outputs"); err != nil {
			return err
		}
		slices.Sort(in.Outputs)
		in.Outputs = slices.Compact(in.Outputs)
		dynamic, err := memberAs[map[string]any](node, "dynamicOutputs", "object")
		if err != nil {
			return err
		}
		if err := p.addInputs(&in.Dynamic, dynamic, func(v value) (string, error) { return v.(string), nil }); err != nil {
			return err
		}
		*list = append(*list, in)
	}
	return nil
}

// env reads the member env.
func (p *parser) env(o map[string]any) error {
	env, err := memberAs[map[string]any](o, "env", "object")
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(env)) {
		v, err := as[string](env[name], "string")
		if err != nil {
			return err
		}
		p.d.SetEnv(name, v)
	}
	return nil
}
