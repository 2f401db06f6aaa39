package devenv

// This file defines Derivation: one that writes the environment of another one.

import (
	_ "embed"
	"errors"
	"path"
	"slices"

	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/eval/datatext"
)

// Program is what the builder runs that writes its environment: a text for bash.
//
//go:embed environment.sh
var Program string

// ProgramName is what the program is called in the store.
const ProgramName = "get-env.sh"

// ErrNotBash is the error of a derivation whose builder is not bash.
var ErrNotBash = errors.New("'nix develop' only works on derivations that use 'bash' as their builder")

// checks are attributes that the output of the environment need not comply with.
var checks = []string{"allowedReferences", "allowedRequisites", "disallowedReferences", "disallowedRequisites"}

// Derivation returns a derivation with the same environment as d, whose builder runs the program at
// a store path. The first of its outputs, in the order that bash has them in, has the environment as
// JSON, and the others are empty files. d is not changed.
func Derivation(d *drv.Derivation, dir storepath.Dir, program string, lookup drv.Lookup) (*drv.Derivation, error) {
	if path.Base(d.Builder) != "bash" {
		return nil, ErrNotBash
	}
	out := *d
	out.Args = []string{program}
	out.Env = slices.Clone(d.Env)
	out.Outputs = slices.Clone(d.Outputs)
	out.InputSrcs = slices.Clone(d.InputSrcs)
	out.AddSource(program)
	if encoded, ok := d.LookupEnv(drv.StructuredAttrs); ok {
		text, err := withoutChecks(encoded)
		if err != nil {
			return nil, err
		}
		out.SetEnv(drv.StructuredAttrs, text)
	} else {
		out.Env = slices.DeleteFunc(out.Env, func(v drv.EnvVar) bool { return slices.Contains(checks, v.Name) })
	}
	out.Name += "-env"
	out.SetEnv("name", out.Name)
	for i := range out.Outputs {
		o := &out.Outputs[i]
		if o.Kind == drv.InputAddressed || o.Kind == drv.Fixed {
			*o = drv.Output{Name: o.Name, Kind: drv.Deferred}
			out.SetEnv(o.Name, "")
		}
	}
	return &out, out.FillOutputs(dir, lookup)
}

// withoutChecks returns structured attributes without what they ask of outputs.
func withoutChecks(encoded string) (string, error) {
	parsed, err := jsontext.Parse(encoded, nil)
	if err != nil {
		return "", err
	}
	attrs, ok := parsed.(map[string]any)
	if !ok {
		return encoded, nil
	}
	delete(attrs, "outputChecks")
	text, err := datatext.AppendJSONValue(nil, attrs, false)
	return string(text), err
}
